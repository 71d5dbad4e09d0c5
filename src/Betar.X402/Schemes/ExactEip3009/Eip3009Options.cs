using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.ExactEip3009;

/// <summary>What is taken by "exact" with an authorisation of the token itself.</summary>
public sealed class Eip3009Options
{
    /// <summary>Tokens and their signing domains. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Where the chain is asked. Default: nowhere; then the chain's opinion is a facilitator's business.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list; the payer picks the nonce here, whatever its first-use option says.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
