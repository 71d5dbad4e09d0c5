using System.Text.Json;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>"batch-settlement": a channel with one deposit and cumulative vouchers; a call costs one signature check and one write.</summary>
public sealed class BatchScheme(BatchOptions options, TimeProvider time) : IPaymentScheme
{
    private readonly BatchVerify _verify = new(options, time);

    public string Name => BatchContracts.Scheme;

    public JsonElement? SupportedExtra => null;

    /// <summary>A call on a channel: a voucher that is not charged is worth nothing, so work that fails is owed to nobody.</summary>
    public bool ChargesWhatWasUsed => true;

    public bool Takes(PaymentPayload payment) => payment.Payload.TryGetProperty("channelConfig", out _);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((BatchPayment)payment);

    public VerificationOutcome CheckSignature(SchemePayment payment) => BatchVerify.CheckSignature((BatchPayment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((BatchPayment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckChannelAsync((BatchPayment)payment, cancellationToken);

    public SettlementRequest? ToSettlement(SchemePayment payment) => BatchSettle.Request((BatchPayment)payment);

    public async ValueTask<SettleResponse?> ChargeAsync(SchemePayment payment, string? attempt, CancellationToken cancellationToken)
    {
        var batch = (BatchPayment)payment;
        return batch.Deposit is not null ? null : await BatchSettle.ChargeAsync(batch, options.Book, Response(batch), attempt, cancellationToken);
    }

    public async ValueTask<SettleResponse> CompleteAsync(SchemePayment payment, SettleResponse settled, CancellationToken cancellationToken)
    {
        var batch = (BatchPayment)payment;
        var deposit = batch.DepositTerms.Nonce;
        await options.Book.DepositedAsync(batch.Channel, deposit, batch.Deposit!.Amount, cancellationToken);

        // A deposit has one owner, who may come this way again after a crash: its own nonce names its charge.
        return await BatchSettle.ChargeAsync(batch, options.Book, settled, deposit.ToString(), cancellationToken);
    }

    public string? ReasonOf(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => null,
        SettlementStatus.Pending => WireReasons.SettlementPending,
        _ => BatchReasons.DepositFailed,
    };

    private static SettleResponse Response(BatchPayment payment) =>
        new() { Success = true, Network = payment.Offer.Asset.Network.ToString(), Payer = payment.Payer.ToString() };
}
