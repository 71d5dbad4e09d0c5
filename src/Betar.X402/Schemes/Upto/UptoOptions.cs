using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.Upto;

/// <summary>What is taken by "upto": the payer permits a maximum, the seller charges what was used.</summary>
public sealed class UptoOptions
{
    /// <summary>The accounts that settle; a permit names one of them. The first is offered.</summary>
    public required IReadOnlyList<Address> Facilitators { get; init; }

    /// <summary>Tokens that are taken. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Where the chain is asked. Default: nowhere; then the chain's opinion is a facilitator's business.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list; the payer picks the nonce here, whatever its first-use option says.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
