using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Grains.Tests.Support;
using Betar.Storage.Ledger;

namespace Betar.Grains.Tests.Payments;

public sealed class PaymentAnswersTests
{
    private static readonly OrderState s_state = new()
    {
        Stage = LedgerKind.Reserved,
        At = PaymentState.Pending,
        Order = Samples.Order,
        NextIndex = 1,
        TransactionHash = "0xabc",
        Output = "out",
        Reason = "why",
        RefundHash = "0xdef",
    };

    [Theory]
    [InlineData(LedgerKind.Reserved, PaymentEnd.Pending, RefusalCodes.SettlementPending, "settlement_pending", true)]
    [InlineData(LedgerKind.Settled, PaymentEnd.Pending, RefusalCodes.SettlementPending, "settlement_pending", true)]
    [InlineData(LedgerKind.Delivered, PaymentEnd.Delivered, "", "", false)]
    [InlineData(LedgerKind.Refused, PaymentEnd.Refused, RefusalCodes.SettlementRefused, "why", false)]
    [InlineData(LedgerKind.RefundOwed, PaymentEnd.RefundOwed, RefusalCodes.RefundOwed, "why", true)]
    [InlineData(LedgerKind.Refunded, PaymentEnd.Refunded, RefusalCodes.Refunded, "why", false)]
    public void Every_stage_has_its_answer(LedgerKind stage, PaymentEnd end, string code, string reason, bool retryable)
    {
        PaymentAnswer answer = PaymentAnswers.Of(s_state with { Stage = stage }, "id");

        Assert.Equal((end, code, reason, retryable, "id", "0xabc"),
            (answer.End, answer.Code, answer.Reason, answer.Retryable, answer.PaymentId, answer.TransactionHash));
        Assert.Equal(stage == LedgerKind.Delivered ? "out" : "", answer.Output);
        Assert.Equal(stage == LedgerKind.Refunded ? "0xdef" : "", answer.RefundHash);
    }

    [Fact]
    public void Work_that_failed_and_is_not_paid_back_is_told_as_such()
    {
        PaymentAnswer answer = PaymentAnswers.Of(s_state with { Stage = LedgerKind.Delivered, Output = "", KeptFailure = "It broke." }, "id");

        Assert.Equal((PaymentEnd.Kept, RefusalCodes.ExecutionFailed, "It broke.", false), (answer.End, answer.Code, answer.Reason, answer.Retryable));
    }

    [Fact]
    public void The_answer_is_the_same_every_time() =>
        Assert.Equal(PaymentAnswers.Of(s_state, "id"), PaymentAnswers.Of(s_state, "id"));

    [Fact]
    public void A_refusal_is_passed_on()
    {
        PaymentAnswer answer = PaymentAnswers.Refused(new Refusal { Code = "BTR-1", Message = "No.", Retryable = true }, "id");

        Assert.Equal((PaymentEnd.Refused, "BTR-1", "No.", true, "id"),
            (answer.End, answer.Code, answer.Reason, answer.Retryable, answer.PaymentId));
    }

    [Fact]
    public void A_conflict_is_for_good()
    {
        PaymentAnswer answer = PaymentAnswers.Conflict("id");

        Assert.Equal((PaymentEnd.Refused, RefusalCodes.PaymentConflict, false), (answer.End, answer.Code, answer.Retryable));
    }
}
