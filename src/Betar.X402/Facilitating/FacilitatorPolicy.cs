using Betar.X402.Protocol;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Facilitating;

/// <summary>Refusals that are about whom this facilitator serves, not about payments.</summary>
internal static class FacilitatorPolicy
{
    internal static VerificationReason PayeeNotAllowed { get; } = new(WireReasons.InvalidRequirements, StreamErrorCode.PaymentInvalid);

    /// <summary>Only an account that is not ours may bring it: to take it would be to promise what others keep.</summary>
    internal static VerificationReason SenderNotOurs { get; } = new(WireReasons.InvalidRequirements, StreamErrorCode.PaymentInvalid);

    internal static VerificationReason UnsupportedScheme { get; } = new(WireReasons.UnsupportedScheme, StreamErrorCode.PaymentInvalid);

    internal static VerificationReason UnsupportedPayload { get; } = new(WireReasons.UnsupportedPayloadType, StreamErrorCode.PaymentInvalid);
}
