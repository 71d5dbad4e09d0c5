using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>The named payer is the authorisation's, to the letter, as the original compares it.</summary>
internal sealed class PayerCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context) =>
        string.Equals(envelope.Payer, envelope.Payload!.Authorization!.From, StringComparison.Ordinal)
            ? null
            : VerificationReasons.PayerMismatch;
}
