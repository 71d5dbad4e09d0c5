namespace Betar.Storage.Idempotency;

/// <summary>How many keys of requests are kept, and for how long.</summary>
public sealed class IdempotencyOptions
{
    /// <summary>How long a key counts. A minute to 366 days; default 24 hours.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Most keys at once. 1 to 100,000,000; default 100,000. Then new ones are refused, old ones are kept.</summary>
    public int MaxKeys { get; init; } = 100_000;

    /// <summary>Bytes of answers after which no new key is taken. 1 and up; default 256 MiB.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Keep < TimeSpan.FromMinutes(1) || Keep > TimeSpan.FromDays(366))
            faults.Add($"Keep is {Keep}; it must be a minute to 366 days.");
        BetarDatabaseOptions.Check(faults, nameof(MaxKeys), MaxKeys, 1, 100_000_000);
        BetarDatabaseOptions.Check(faults, nameof(MaxBytes), MaxBytes, 1, long.MaxValue);
        return faults;
    }
}
