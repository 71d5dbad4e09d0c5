namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>When a seller's channels are claimed by themselves.</summary>
public sealed class ChannelClaimOptions
{
    /// <summary>What a channel owes before it is claimed for that alone. Default 1,000,000 (1 USDC).</summary>
    public AtomicAmount Threshold { get; init; } = 1_000_000;

    /// <summary>How long anything stays unclaimed. 1 minute to 30 days; default 24 hours: who is away for longer than a payer's delay may lose as much.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What is not worth a transaction, whatever the reason. Default 1,000 (0.001 USDC); less than this is left.</summary>
    public AtomicAmount Least { get; init; } = 1_000;

    /// <summary>Channels in one transaction. 1 to 64; default 64.</summary>
    public int MaxClaims { get; init; } = BatchSteps.MaxClaims;

    /// <summary>How often it is looked whether something is to be claimed. 1 second to 5 minutes; default 1 minute. A payer's withdrawal takes 15 at least.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a run is waited for whose end nobody knows; then its channels are claimed anew, which takes nothing twice. 1 second to 5 minutes;
    /// default 2 minutes.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Blocks that must hold a claim, its own included. 1 to 64; default 1.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>How long claiming everything may take at the end. 1 second to 10 minutes; default 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(faults, nameof(MaxAge), MaxAge, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Check(faults, nameof(Interval), Interval, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Check(faults, nameof(Patience), Patience, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Check(faults, nameof(DrainTimeout), DrainTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Check(faults, nameof(MaxClaims), MaxClaims, 1, BatchSteps.MaxClaims);
        Check(faults, nameof(Confirmations), Confirmations, 1, 64);
        if (Threshold < Least)
        {
            faults.Add($"Threshold is {Threshold}; it must be at least Least, which is {Least}.");
        }

        return faults;
    }

    private static void Check<T>(List<string> faults, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add($"{name} is {value}; it must be {least} to {most}.");
        }
    }
}
