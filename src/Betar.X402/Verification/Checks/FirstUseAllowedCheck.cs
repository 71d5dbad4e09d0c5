using Betar.X402.Protocol;

namespace Betar.X402.Verification.Checks;

/// <summary>A nonce of the payer's own choice is taken only where the operator said so.</summary>
internal sealed class FirstUseAllowedCheck : IEnvelopeCheck
{
    public VerificationReason? Check(PaymentEnvelope envelope, in CheckContext context) =>
        context.Binding.Terms is not null || context.Options.AllowFirstUse ? null : VerificationReasons.FirstUseNotAllowed;
}
