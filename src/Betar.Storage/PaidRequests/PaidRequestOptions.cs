namespace Betar.Storage.PaidRequests;

/// <summary>How much the store of paid requests on disk holds.</summary>
public sealed class PaidRequestOptions
{
    /// <summary>How long answers are kept. 24 hours to 366 days; default 24 hours, which is what is promised.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most payments at once. 1 to 100,000,000; default 1,000,000. Then new ones are refused, old ones are kept.</summary>
    public int MaxEntries { get; init; } = 1_000_000;

    /// <summary>Bytes of answers after which no new payment is taken. 1 and up; default 4 GiB.</summary>
    public long MaxBytes { get; init; } = 4L << 30;

    /// <summary>Most names of purchases at once. 1 to 100,000,000; default 1,000,000.</summary>
    public int MaxNames { get; init; } = 1_000_000;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Keep < TimeSpan.FromHours(24) || Keep > TimeSpan.FromDays(366))
            faults.Add($"Keep is {Keep}; it must be 24 hours, which are promised, to 366 days.");
        BetarDatabaseOptions.Check(faults, nameof(MaxEntries), MaxEntries, 1, 100_000_000);
        BetarDatabaseOptions.Check(faults, nameof(MaxBytes), MaxBytes, 1, long.MaxValue);
        BetarDatabaseOptions.Check(faults, nameof(MaxNames), MaxNames, 1, 100_000_000);
        return faults;
    }

    internal void ThrowIfFaulty()
    {
        if (Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
    }
}
