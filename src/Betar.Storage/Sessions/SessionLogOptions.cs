namespace Betar.Storage.Sessions;

/// <summary>How much of what was exchanged is kept, and for how long.</summary>
public sealed class SessionLogOptions
{
    /// <summary>The longest text of an exchange that is kept whole, in characters; the ledger has all of a paid one. 16 to 1,048,576; default 8,192.</summary>
    public int MaxTextLength { get; set; } = 8_192;

    /// <summary>Exchanges kept of one caller with one agent; the oldest make room. 1 to 1,000,000; default 1,000.</summary>
    public int MaxPerSession { get; set; } = 1_000;

    /// <summary>Exchanges kept in all; the oldest make room, unpaid ones first. 1 to 10,000,000; default 100,000.</summary>
    public int MaxExchanges { get; set; } = 100_000;

    /// <summary>Bytes kept in all, the same way. 64 KiB and up; default 256 MiB.</summary>
    public long MaxBytes { get; set; } = 256L << 20;

    /// <summary>How long an exchange is kept. 1 minute to 10,000 days; default 365 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Unpaid exchanges that may wait for the disk; one more is counted and not recorded, since no task waits for the log. 1 to 100,000; default 4,096.</summary>
    public int MaxWaiting { get; set; } = 4_096;

    internal void AddFaults(List<string> faults)
    {
        BetarDatabaseOptions.Check(faults, nameof(MaxTextLength), MaxTextLength, 16, 1_048_576);
        BetarDatabaseOptions.Check(faults, nameof(MaxPerSession), MaxPerSession, 1, 1_000_000);
        BetarDatabaseOptions.Check(faults, nameof(MaxExchanges), MaxExchanges, 1, 10_000_000);
        BetarDatabaseOptions.Check(faults, nameof(MaxBytes), MaxBytes, 64 << 10, long.MaxValue);
        BetarDatabaseOptions.Check(faults, nameof(Retention), Retention.Ticks / TimeSpan.TicksPerSecond, 60, 10_000L * 86_400);
        BetarDatabaseOptions.Check(faults, nameof(MaxWaiting), MaxWaiting, 1, 100_000);
    }
}
