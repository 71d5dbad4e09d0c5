using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>No field is longer than any right one could be; later checks need not think about size.</summary>
internal sealed class FieldLengthCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context)
    {
        var limit = context.Options.MaxFieldLength;
        var payload = envelope.Payload!;
        var authorization = payload.Authorization!;
        var longest = Math.Max(envelope.Scheme.Length, envelope.Network.Length);
        longest = Math.Max(longest, Math.Max(envelope.ServerNonce.Length, envelope.Payer.Length));
        longest = Math.Max(longest, authorization.Nonce.Length);
        longest = Math.Max(longest, Math.Max(authorization.From.Length, authorization.To.Length));
        longest = Math.Max(longest, Math.Max(authorization.ValidAfter.Length, authorization.ValidBefore.Length));
        return Math.Max(longest, authorization.Value.Length) > limit || payload.Signature.Length > context.Options.MaxSignatureLength ? VerificationReasons.FieldTooLong : null;
    }
}
