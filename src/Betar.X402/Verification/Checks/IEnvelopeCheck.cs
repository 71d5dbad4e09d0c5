using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>Looks at a payment's text before its values are read. Null when it finds nothing wrong.</summary>
internal interface IEnvelopeCheck
{
    VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context);
}
