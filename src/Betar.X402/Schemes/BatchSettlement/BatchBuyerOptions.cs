namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What a payer puts into channels by itself.</summary>
public sealed class BatchBuyerOptions
{
    /// <summary>
    /// What a channel is filled with when it has no room for the next call. Default 0: none is filled, and who has no channel with room pays
    /// in another way.
    /// </summary>
    public AtomicAmount Deposit { get; init; }

    /// <summary>Most that is ever in one channel. Default 10,000,000 (10 USDC): it comes back by the seller's refund or the contract's withdrawal.</summary>
    public AtomicAmount MaxBalance { get; init; } = 10_000_000;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate() =>
        Deposit > MaxBalance ? [$"Deposit is {Deposit}; it must be at most MaxBalance, which is {MaxBalance}."] : [];
}
