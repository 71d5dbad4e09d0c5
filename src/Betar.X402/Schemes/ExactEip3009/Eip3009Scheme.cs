using System.Text.Json;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>"exact" by EIP-3009: the payer signs a transfer of exactly the price to exactly the payee.</summary>
public sealed class Eip3009Scheme(Eip3009Options options, TimeProvider time) : IPaymentScheme
{
    private readonly Eip3009Verify _verify = new(options, time);

    public string Name => Requirement.Exact;

    public JsonElement? SupportedExtra => null;

    public bool Takes(PaymentPayload payment) => payment.Payload.TryGetProperty("authorization", out _);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((Eip3009Payment)payment);

    public VerificationOutcome CheckSignature(SchemePayment payment) => Eip3009Verify.CheckSignature((Eip3009Payment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((Eip3009Payment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckChainAsync((Eip3009Payment)payment, cancellationToken);

    public SettlementRequest? ToSettlement(SchemePayment payment) => Eip3009Settle.Request((Eip3009Payment)payment);

    public string? ReasonOf(SettlementStatus status) => Eip3009Settle.ReasonOf(status);
}
