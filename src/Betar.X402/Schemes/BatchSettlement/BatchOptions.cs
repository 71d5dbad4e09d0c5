using Betar.X402.Networks;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What is taken by "batch-settlement": one deposit, then a signature for each call.</summary>
public sealed class BatchOptions
{
    /// <summary>The channels and what was charged on them.</summary>
    public required IChannelBook Book { get; init; }

    /// <summary>Tokens and their signing domains. Default: USDC on Base Sepolia.</summary>
    public PaymentAssets Assets { get; init; } = PaymentAssets.Default;

    /// <summary>Where payers that are contracts are asked. Default: nowhere; a channel between two deposits needs no chain otherwise.</summary>
    public IChains Chains { get; init; } = Schemes.Chains.None;

    /// <summary>Margins and block list. Default: those of every payment.</summary>
    public VerificationOptions Verification { get; init; } = new();
}
