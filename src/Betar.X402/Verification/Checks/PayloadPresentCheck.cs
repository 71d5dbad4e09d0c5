using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>There is an authorisation at all.</summary>
internal sealed class PayloadPresentCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context) =>
        envelope.Payload?.Authorization is null ? VerificationReasons.PayloadMissing : null;
}
