using System.Text.Json;
using Betar.X402.Settling;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>"auth-capture": the payer signs for an escrow; what becomes of the money there is its operator's step to sign.</summary>
public sealed class AuthCaptureScheme(AuthCaptureOptions options, TimeProvider time) : IPaymentScheme
{
    private readonly AuthCaptureVerify _verify = new(options, time);

    public string Name => AuthCaptureVerify.Scheme;

    public JsonElement? SupportedExtra => null;

    public bool Takes(PaymentPayload payment) => payment.Payload.TryGetProperty("salt", out _);

    public VerificationOutcome Read(FacilitatorCall call, out SchemePayment? payment) => _verify.Read(call, out payment);

    public VerificationOutcome CheckFresh(SchemePayment payment, SchemeStep step) => _verify.CheckFresh((AuthCapturePayment)payment);

    public VerificationOutcome CheckSignature(SchemePayment payment) => AuthCaptureVerify.CheckSignature((AuthCapturePayment)payment);

    public ValueTask<VerificationOutcome> CheckSignatureAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckSignatureAsync((AuthCapturePayment)payment, cancellationToken);

    public ValueTask<VerificationOutcome> CheckChainAsync(SchemePayment payment, CancellationToken cancellationToken) =>
        _verify.CheckChainAsync((AuthCapturePayment)payment, cancellationToken);

    public SettlementRequest? ToSettlement(SchemePayment payment) => AuthCaptureSettle.Request((AuthCapturePayment)payment);

    public string? ReasonOf(SettlementStatus status) => AuthCaptureSettle.ReasonOf(status);

    /// <summary>The payment in its escrow, for the operator's steps; null when <see cref="Read"/> refuses it or the escrow's steps are not published.</summary>
    public EscrowedPayment? EscrowedBy(FacilitatorCall call) =>
        _verify.Read(call, out var payment).IsAccepted && payment is AuthCapturePayment { ValidBefore: < AuthCaptureVerify.MaxTime } escrowed
            ? EscrowedPayment.Of(escrowed.Offer.Asset.Network, escrowed.Terms.Deployment, escrowed.Info)
            : null;
}
