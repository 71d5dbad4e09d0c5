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

    /// <summary>
    /// How long a channel waits for what became of its voucher before another is signed on it; a deposit's own end is waited for in any case.
    /// 1 minute to 24 hours; default 10 minutes.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        if (Deposit > MaxBalance)
        {
            faults.Add($"Deposit is {Deposit}; it must be at most MaxBalance, which is {MaxBalance}.");
        }

        if (Patience < TimeSpan.FromMinutes(1) || Patience > TimeSpan.FromHours(24))
        {
            faults.Add($"Patience is {Patience}; it must be 1 minute to 24 hours.");
        }

        return faults;
    }
}
