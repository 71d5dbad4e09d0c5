using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.AuthCapture;

/// <summary>What is taken by "auth-capture": the money goes into an escrow, and from there to the seller or back.</summary>
public sealed class AuthCaptureOptions
{
    /// <summary>Tokens and their signing domains. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Where the chain is asked. Default: nowhere; then the chain's opinion is a facilitator's business.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list. Default: those of every payment.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
