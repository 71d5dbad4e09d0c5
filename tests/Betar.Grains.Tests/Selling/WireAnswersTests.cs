using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Selling;
using Betar.X402.Protocol;
using Betar.X402.Verification;

namespace Betar.Grains.Tests.Selling;

public sealed class WireAnswersTests
{
    [Fact]
    public void A_delivered_answer_is_a_response_with_its_receipt()
    {
        var answer = new PaymentAnswer { End = PaymentEnd.Delivered, Output = "out", TransactionHash = "0xabc", PaymentId = "id" };

        X402Response response = Assert.IsType<X402Response>(WireAnswers.Of(answer, "c", "agent"));

        Assert.Equal(("c", "id", "0xabc", "agent", "out"),
            (response.CorrelationId, response.PaymentId, response.TxHash, response.SellerDid, OutputBody.Decode(response.Body.Span)));
    }

    [Fact]
    public void A_refund_names_its_transaction_in_words_that_buyers_look_for()
    {
        var answer = new PaymentAnswer { End = PaymentEnd.Refunded, Reason = "It broke.", RefundHash = "0xdef", Code = RefusalCodes.Refunded };

        X402Error error = Assert.IsType<X402Error>(WireAnswers.Of(answer, "c", "agent"));

        Assert.Equal((StreamErrorCode.ExecutionFailed, "It broke. The payment was refunded in 0xdef.", false), (error.Code, error.Message, error.Retryable));
    }

    [Fact]
    public void An_owed_refund_says_so()
    {
        var answer = new PaymentAnswer { End = PaymentEnd.RefundOwed, Reason = "It broke.", Code = RefusalCodes.RefundOwed, Retryable = true };

        X402Error error = Assert.IsType<X402Error>(WireAnswers.Of(answer, "c", "agent"));

        Assert.Equal((StreamErrorCode.ExecutionFailed, "It broke. A refund is owed and under way."), (error.Code, error.Message));
    }

    [Theory]
    [InlineData(RefusalCodes.UnknownAgent, StreamErrorCode.UnknownResource)]
    [InlineData(RefusalCodes.PaymentInvalid, StreamErrorCode.PaymentInvalid)]
    [InlineData(RefusalCodes.ModeOff, StreamErrorCode.PaymentInvalid)]
    [InlineData(RefusalCodes.ChallengeMismatch, StreamErrorCode.PaymentNonceMismatch)]
    [InlineData(RefusalCodes.ChallengeExpired, StreamErrorCode.PaymentNonceExpired)]
    [InlineData(RefusalCodes.PaymentConflict, StreamErrorCode.PaymentNonceUsed)]
    [InlineData(RefusalCodes.AmountWrong, StreamErrorCode.PaymentAmountWrong)]
    [InlineData(RefusalCodes.Busy, StreamErrorCode.Busy)]
    [InlineData(RefusalCodes.FloatTooLow, StreamErrorCode.Busy)]
    [InlineData(RefusalCodes.ExecutionFailed, StreamErrorCode.ExecutionFailed)]
    [InlineData(RefusalCodes.SettlementRefused, StreamErrorCode.SettlementFailed)]
    [InlineData(RefusalCodes.SettlementPending, StreamErrorCode.SettlementFailed)]
    public void Every_refusal_has_its_stream_code_and_keeps_whether_it_can_be_retried(string code, StreamErrorCode expected)
    {
        foreach (bool retryable in new[] { true, false })
        {
            X402Error error = WireAnswers.Of(new Refusal { Code = code, Message = "m", Retryable = retryable }, "c");
            Assert.Equal((expected, "m", "c", retryable), (error.Code, error.Message, error.CorrelationId, error.Retryable));

            var answer = new PaymentAnswer { End = PaymentEnd.Refused, Code = code, Reason = "m", Retryable = retryable };
            Assert.Equal(error, WireAnswers.Of(answer, "c", "agent"));
        }
    }

    [Theory]
    [InlineData("ChallengeMismatch", RefusalCodes.ChallengeMismatch, false)]
    [InlineData("ChallengeExpired", RefusalCodes.ChallengeExpired, true)]
    [InlineData("NonceReserved", RefusalCodes.PaymentConflict, false)]
    [InlineData("ValueMismatch", RefusalCodes.AmountWrong, false)]
    [InlineData("InsufficientBalance", RefusalCodes.SettlementRefused, true)]
    [InlineData("Signature", RefusalCodes.PaymentInvalid, false)]
    public void A_verifications_reason_becomes_a_refusal_with_its_text(string name, string code, bool retryable)
    {
        var reason = (VerificationReason)typeof(VerificationReasons).GetProperty(name)!.GetValue(null)!;

        Refusal refusal = PaymentRefusals.Of(reason);

        Assert.Equal((code, reason.Text, retryable), (refusal.Code, refusal.Message, refusal.Retryable));
    }
}
