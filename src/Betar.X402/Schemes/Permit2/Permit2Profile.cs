using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Permit2;

/// <summary>What distinguishes the schemes that are paid by permits.</summary>
internal sealed record Permit2Profile(string Scheme, Address Spender, PaymentAssets Assets, IChains Chains, VerificationOptions Verification)
{
    internal required VerificationReason WrongScheme { get; init; }

    internal required VerificationReason WrongNetwork { get; init; }

    /// <summary>Accounts that may be named as facilitator; null where none is named.</summary>
    internal IReadOnlyCollection<Address>? Facilitators { get; init; }

    internal bool NamesFacilitator => Facilitators is not null;
}
