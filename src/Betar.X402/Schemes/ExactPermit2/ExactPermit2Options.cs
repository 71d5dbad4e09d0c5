using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.ExactPermit2;

/// <summary>What is taken by "exact" with a permit.</summary>
public sealed class ExactPermit2Options
{
    /// <summary>Tokens that are taken. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Where the chain is asked. Default: nowhere; then the chain's opinion is a facilitator's business.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list; the payer picks the nonce here, whatever its first-use option says.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
