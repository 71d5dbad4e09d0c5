using Betar.X402.Schemes.Permit2;

namespace Betar.X402.Schemes.Upto;

/// <summary>Who may be named in a permit of this scheme, and what refusals are called.</summary>
internal static class UptoVerify
{
    internal const string Scheme = "upto";

    internal static Permit2Profile Profile(UptoOptions options) => new(
        Scheme, Permit2Contracts.UptoProxy, options.Assets, options.Chains, options.Verification)
    {
        WrongScheme = Permit2Reasons.UptoScheme,
        WrongNetwork = Permit2Reasons.UptoNetwork,
        Facilitators = options.Facilitators,
    };
}
