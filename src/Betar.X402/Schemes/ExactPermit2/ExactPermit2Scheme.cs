using System.Text.Json;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactPermit2;

/// <summary>"exact" by Permit2: for tokens that know no authorisations of their own.</summary>
public sealed class ExactPermit2Scheme(ExactPermit2Options options, TimeProvider time) : IPaymentScheme
{
    private readonly Permit2Verify _verify = new(ExactPermit2Verify.Profile(options), time);

    public string Name => Requirement.Exact;

    public JsonElement? SupportedExtra => null;

    public bool Takes(PaymentPayload payment) => Permit2Reader.Takes(payment.Payload);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((Permit2Payment)payment, step);

    public VerificationOutcome CheckSignature(SchemePayment payment) => Permit2Verify.CheckSignature((Permit2Payment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((Permit2Payment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckChainAsync((Permit2Payment)payment, ExactPermit2Settle.Call((Permit2Payment)payment), null, cancellationToken);

    public SettlementRequest? ToSettlement(SchemePayment payment) => ExactPermit2Settle.Request((Permit2Payment)payment);

    public string? ReasonOf(SettlementStatus status) => Permit2Settle.ReasonOf(status, Eip3009Reasons.TransactionFailed);
}
