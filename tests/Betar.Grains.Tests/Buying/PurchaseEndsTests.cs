using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.X402.Protocol;

namespace Betar.Grains.Tests.Buying;

public sealed class PurchaseEndsTests
{
    private static readonly PurchaseResult s_paid = new()
    {
        PurchaseId = "p", Stage = PurchaseStage.PaymentSigned, PaymentKey = "k", Amount = "5", PayTo = "x",
    };

    [Fact]
    public void A_refund_is_an_end_with_its_transaction()
    {
        string hash = "0x" + new string('a', 64);

        PurchaseResult end = Of(StreamErrorCode.ExecutionFailed, $"It broke. The payment was refunded in {hash}.");

        Assert.Equal((PurchaseStage.Refunded, hash, "5"), (end.Stage, end.TransactionHash, end.Amount));
        Assert.Equal(RefusalCodes.SellerRefused, end.Refusal?.Code);
    }

    [Theory]
    [InlineData("It broke. A refund is owed and under way.")]
    [InlineData("It broke.")]
    [InlineData("refunded in 0x12")]
    [InlineData("")]
    public void A_failed_task_without_a_refund_is_owed_one(string message)
    {
        PurchaseResult end = Of(StreamErrorCode.ExecutionFailed, message);

        Assert.Equal((PurchaseStage.RefundOwed, true), (end.Stage, end.Refusal?.Retryable));
    }

    [Theory]
    [InlineData(StreamErrorCode.SettlementFailed, true, PurchaseStage.PaymentSigned)]
    [InlineData(StreamErrorCode.SettlementFailed, false, PurchaseStage.Refused)]
    [InlineData(StreamErrorCode.Busy, true, PurchaseStage.PaymentSigned)]
    [InlineData(StreamErrorCode.PaymentInvalid, false, PurchaseStage.Refused)]
    [InlineData(StreamErrorCode.PaymentNonceUsed, false, PurchaseStage.Refused)]
    [InlineData(StreamErrorCode.PaymentNonceExpired, true, PurchaseStage.Refused)]
    [InlineData(StreamErrorCode.UnknownResource, false, PurchaseStage.Refused)]
    public void What_can_change_stays_open(StreamErrorCode code, bool retryable, PurchaseStage stage)
    {
        X402Error error = X402Error.Create(code, "c", "m") with { Retryable = retryable };

        PurchaseResult end = PurchaseEnds.Of(s_paid, error);

        Assert.Equal((stage, "k", retryable), (end.Stage, end.PaymentKey, end.Refusal?.Retryable));
        Assert.Contains("m", end.Refusal!.Message, StringComparison.Ordinal);
    }

    private static PurchaseResult Of(StreamErrorCode code, string message) => PurchaseEnds.Of(s_paid, X402Error.Create(code, "c", message));
}
