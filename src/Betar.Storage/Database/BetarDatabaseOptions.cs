using Betar.Storage.Ledger;
using Betar.Storage.Orders;
using Betar.Storage.Sessions;

namespace Betar.Storage;

/// <summary>How a <see cref="BetarDatabase"/> works. The defaults fit one node on one disk.</summary>
public sealed class BetarDatabaseOptions
{
    /// <summary>How long to wait for another process's lock. 0 to 1 minute; default 2 seconds.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections for readers. 1 to 256; default 8. More readers than that wait for one another.</summary>
    public int MaxReaders { get; set; } = 8;

    /// <summary>Writes that may wait for the writer; one more is refused as overloaded. 1 to 10,000,000; default 100,000.</summary>
    public int MaxQueuedWrites { get; set; } = 100_000;

    /// <summary>Writes in one transaction, at most. 1 to 100,000; default 1,024.</summary>
    public int MaxBatch { get; set; } = 1_024;

    /// <summary>Pages in the WAL after which it is copied into the file. 1 to 1,000,000; default 4,000 (16 MiB).</summary>
    public int CheckpointPages { get; set; } = 4_000;

    /// <summary>Memory for the writer's page cache, in KiB. 256 to 4,194,304; default 16,384.</summary>
    public int WriterCacheKiB { get; set; } = 16_384;

    /// <summary>Files up to this size are checked page by page when opened. 0 and up; default 64 MiB (well under a second).</summary>
    public long QuickCheckBytes { get; set; } = 64L << 20;

    /// <summary>How the ledger in this file works.</summary>
    public LedgerOptions Ledger { get; set; } = new();

    /// <summary>How much the session log in this file keeps.</summary>
    public SessionLogOptions Sessions { get; set; } = new();

    /// <summary>How many orders of the marketplace's messages this file keeps.</summary>
    public MarketOrderOptions MarketOrders { get; set; } = new();

    /// <summary>Every fault of these options, each naming the option and its value.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        Check(faults, nameof(BusyTimeout), (long)BusyTimeout.TotalMilliseconds, 0, 60_000);
        Check(faults, nameof(MaxReaders), MaxReaders, 1, 256);
        Check(faults, nameof(MaxQueuedWrites), MaxQueuedWrites, 1, 10_000_000);
        Check(faults, nameof(MaxBatch), MaxBatch, 1, 100_000);
        Check(faults, nameof(CheckpointPages), CheckpointPages, 1, 1_000_000);
        Check(faults, nameof(WriterCacheKiB), WriterCacheKiB, 256, 4_194_304);
        Check(faults, nameof(QuickCheckBytes), QuickCheckBytes, 0, long.MaxValue);
        Ledger.AddFaults(faults);
        Sessions.AddFaults(faults);
        MarketOrders.AddFaults(faults);
        return faults;
    }

    internal void ThrowIfFaulty()
    {
        var faults = Faults();
        if (faults.Count > 0)
            throw new ArgumentException(string.Join(' ', faults));
    }

    internal static void Check(List<string> faults, string name, long value, long least, long most)
    {
        if (value < least || value > most)
            faults.Add($"{name} is {value}; it must be from {least} to {most}.");
    }
}
