using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>
/// The authorisation's nonce is 0x and the quote's 64 lower-case digits, to the letter: a spelling in another letter
/// case would be a second key for one and the same authorisation.
/// </summary>
internal sealed class ServerNonceCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context)
    {
        if (context.Binding.Terms is null)
        {
            return null;
        }

        var nonce = envelope.Payload!.Authorization!.Nonce.AsSpan();
        return Nonce.TryParse(nonce, out _) && nonce[2..].SequenceEqual(envelope.ServerNonce)
            ? null
            : VerificationReasons.ServerNonceMismatch;
    }
}
