using System.Text.Json;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Vault;

/// <summary>"betar-vault", a scheme of ours: the payer signs for a vault that pays the seller on delivery and the payer after the deadline.</summary>
public sealed class VaultScheme(VaultOptions options, TimeProvider time) : IPaymentScheme
{
    private readonly VaultVerify _verify = new(options, time);

    public string Name => VaultVerify.Scheme;

    public JsonElement? SupportedExtra => null;

    public bool Takes(PaymentPayload payment) => payment.Payload.TryGetProperty("saltNonce", out _);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((VaultPayment)payment);

    public VerificationOutcome CheckSignature(SchemePayment payment) => VaultVerify.CheckSignature((VaultPayment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((VaultPayment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckChainAsync((VaultPayment)payment, cancellationToken);

    public SettlementRequest? ToSettlement(SchemePayment payment) => VaultSettle.Request((VaultPayment)payment);

    public ValueTask<SettleResponse> CompleteAsync(SchemePayment payment, SettleResponse settled, CancellationToken cancellationToken) =>
        ValueTask.FromResult(VaultSettle.Described((VaultPayment)payment, settled));

    public string? ReasonOf(SettlementStatus status) => VaultSettle.ReasonOf(status);

    /// <summary>The escrow that a payment fills, for the steps after it; null for a payment that <see cref="Read"/> refuses.</summary>
    public VaultEscrow? EscrowOf(FacilitatorCall call) => _verify.Read(call, out var payment).IsAccepted && payment is VaultPayment { ValidBefore: < VaultVerify.MaxTime } vault
        ? new VaultEscrow(new VaultDeployment(vault.Offer.Asset, vault.Demand.Vault), vault.Terms)
        : null;
}
