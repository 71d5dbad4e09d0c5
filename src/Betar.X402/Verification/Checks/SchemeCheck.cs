using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>Row 1: the scheme is "exact"; the offer's own scheme was checked when it was read.</summary>
internal sealed class SchemeCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context) =>
        envelope.Scheme == PaymentRequirements.ExactScheme ? null : VerificationReasons.Scheme;
}
