using Betar.X402.Schemes.Permit2;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.ExactPermit2;

/// <summary>Who may be named in a permit of this scheme, and what refusals are called.</summary>
internal static class ExactPermit2Verify
{
    internal static Permit2Profile Profile(ExactPermit2Options options) => new(
        Requirement.Exact, Permit2Contracts.ExactProxy, options.Assets, options.Chains, options.Verification)
    {
        WrongScheme = Permit2Reasons.Scheme,
        WrongNetwork = VerificationReasons.NetworkMismatch,
    };
}
