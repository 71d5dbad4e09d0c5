namespace Betar.Marketplace.Replication;

/// <summary>How a replica works and what it takes from strangers. The defaults fit the public network.</summary>
public sealed class ReplicaOptions
{
    /// <summary>The topic on which heads are told; default that of the network.</summary>
    public string Topic { get; set; } = "betar/marketplace/crdt";

    /// <summary>Keys that begin otherwise have no effect; default <c>/agents/</c>.</summary>
    public string KeyPrefix { get; set; } = "/agents/";

    /// <summary>Heads that nobody else told meanwhile are told again after so long, ± 30 %. 1 second to 1 hour; default 1 minute.</summary>
    public TimeSpan RebroadcastInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Heads are told to newcomers at most this often. 0 to 1 minute; default 1 second.</summary>
    public TimeSpan GreetingInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one fetch of a node may take. 1 second to 5 minutes; default 30 seconds.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The first pause before a node is asked for again; each is twice the last, up to a minute. 10 ms to 1 minute; default 1 second.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A node that nobody has had for so long is counted as absent, so that what stands on it counts. 1 second to 1 day; default 5 minutes.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often absent nodes are asked for again. 1 second to 1 day; default 1 hour.</summary>
    public TimeSpan RepairInterval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Fetches in flight. 1 to 1,024; default 64.</summary>
    public int MaxFetches { get; set; } = 64;

    /// <summary>Heads in one broadcast; more make it malformed. 1 to 1,024; default 16.</summary>
    public int MaxHeadsPerBroadcast { get; set; } = 16;

    /// <summary>Heads of one author that are not fetched yet; more are passed over. 1 to 1,024; default 8.</summary>
    public int MaxUnknownHeadsPerAuthor { get; set; } = 8;

    /// <summary>Heads that one neighbour passed on and that are not fetched yet; more are passed over. 1 to 65,536; default 128.</summary>
    public int MaxUnknownHeadsPerSender { get; set; } = 128;

    /// <summary>Links of a node whose content counts. 1 to 32,768; default 64.</summary>
    public int MaxLinks { get; set; } = 64;

    /// <summary>Elements of a node whose content counts. 1 to 65,536; default 1,024.</summary>
    public int MaxElements { get; set; } = 1024;

    /// <summary>Tombstones of a node whose content counts. 1 to 65,536; default 16,384.</summary>
    public int MaxTombstones { get; set; } = 16_384;

    /// <summary>Bytes of a key that counts. 16 to 65,536; default 512.</summary>
    public int MaxKeyBytes { get; set; } = 512;

    /// <summary>Bytes of a value that counts. 16 to 1 MiB; default 64 KiB.</summary>
    public int MaxValueBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of a node whose content counts, and of those we write. 1 KiB to 2 MiB; default 1 MiB.</summary>
    public int MaxNodeBytes { get; set; } = 1024 * 1024;

    /// <summary>Changes in one write of our own. 1 to 1,024; default 256.</summary>
    public int MaxWrites { get; set; } = 256;

    /// <summary>Nodes that are fetched on the word of one peer at once, before the rate counts. 1 to 10,000,000; default 65,536.</summary>
    public int NodeBurst { get; set; } = 65_536;

    /// <summary>Nodes a second that are fetched on the word of one peer after that. 1 to 1,000,000; default 64.</summary>
    public int NodesPerSecond { get; set; } = 64;

    /// <summary>Bytes that are fetched on the word of one peer at once, before the rate counts. 1 KiB to 1 TiB; default 128 MiB.</summary>
    public long ByteBurst { get; set; } = 128L << 20;

    /// <summary>Bytes a second that are fetched on the word of one peer after that. 1 KiB to 1 GiB; default 64 KiB.</summary>
    public long BytesPerSecond { get; set; } = 64 * 1024;

    /// <summary>Bytes of nodes that are kept; above it others' are not taken. 1 MiB and up; default 4 GiB.</summary>
    public long MaxStoreBytes { get; set; } = 4L << 30;

    /// <summary>Bytes beyond <see cref="MaxStoreBytes"/> that only our own writes may use. 0 and up; default 64 MiB.</summary>
    public long OwnStoreBytes { get; set; } = 64L << 20;

    /// <summary>
    /// Bytes of nodes that are kept on the word of one peer once half of <see cref="MaxStoreBytes"/> is used. 64 KiB and up; default 512 MiB.
    /// </summary>
    public long MaxStoreBytesPerTeller { get; set; } = 512L << 20;

    /// <summary>Keys that have a value. 1 to 100,000,000; default 1,000,000. Above it unverified ones give way.</summary>
    public int MaxValues { get; set; } = 1_000_000;

    /// <summary>Keys whose value claims one seller. 1 to 100,000,000; default 120,000, so that a fleet of 100,000 fits.</summary>
    public int MaxValuesPerSeller { get; set; } = 120_000;

    /// <summary>Writings of one key that are told apart; beyond it the lowest are forgotten. 16 to 1,000,000; default 16,384.</summary>
    public int MaxElementsPerKey { get; set; } = 16_384;

    /// <summary>Elements without effect that are remembered for explanations and to be written over. 0 to 10,000,000; default 65,536.</summary>
    public int MaxQuarantined { get; set; } = 65_536;

    /// <summary>Tombstones for elements that are not known yet. 0 to 10,000,000; default 262,144.</summary>
    public int MaxEarlyTombstones { get; set; } = 262_144;

    /// <summary>Peers of whom is remembered which heads they told. 1 to 1,000,000; default 4,096.</summary>
    public int MaxSightingPeers { get; set; } = 4096;

    /// <summary>Bytes of one page of the bulk protocol. 64 KiB to 16 MiB; default 4 MiB.</summary>
    public int SyncPageBytes { get; set; } = 4 << 20;

    /// <summary>How long one page may take. 1 second to 5 minutes; default 30 seconds.</summary>
    public TimeSpan SyncTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>One peer is asked for pages at most this often, unless the last one said that there is more. 0 to 1 hour; default 5 seconds.</summary>
    public TimeSpan SyncInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Pages that are read for others at one time. 1 to 256; default 4.</summary>
    public int MaxSyncServed { get; set; } = 4;

    /// <summary>Every fault of these options, each naming the option and its value.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (string.IsNullOrEmpty(Topic))
            faults.Add($"{nameof(Topic)} is empty.");
        if (string.IsNullOrEmpty(KeyPrefix))
            faults.Add($"{nameof(KeyPrefix)} is empty.");
        Check(faults, nameof(RebroadcastInterval), RebroadcastInterval, 1_000, 3_600_000);
        Check(faults, nameof(GreetingInterval), GreetingInterval, 0, 60_000);
        Check(faults, nameof(FetchTimeout), FetchTimeout, 1_000, 300_000);
        Check(faults, nameof(RetryDelay), RetryDelay, 10, 60_000);
        Check(faults, nameof(GiveUpAfter), GiveUpAfter, 1_000, 86_400_000);
        Check(faults, nameof(RepairInterval), RepairInterval, 1_000, 86_400_000);
        Check(faults, nameof(MaxFetches), MaxFetches, 1, 1024);
        Check(faults, nameof(MaxHeadsPerBroadcast), MaxHeadsPerBroadcast, 1, 1024);
        Check(faults, nameof(MaxUnknownHeadsPerAuthor), MaxUnknownHeadsPerAuthor, 1, 1024);
        Check(faults, nameof(MaxUnknownHeadsPerSender), MaxUnknownHeadsPerSender, 1, 65_536);
        Check(faults, nameof(MaxLinks), MaxLinks, 1, 32_768);
        Check(faults, nameof(MaxElements), MaxElements, 1, 65_536);
        Check(faults, nameof(MaxTombstones), MaxTombstones, 1, 65_536);
        Check(faults, nameof(MaxKeyBytes), MaxKeyBytes, 16, 65_536);
        Check(faults, nameof(MaxValueBytes), MaxValueBytes, 16, 1 << 20);
        Check(faults, nameof(MaxNodeBytes), MaxNodeBytes, 1024, 2 << 20);
        Check(faults, nameof(MaxWrites), MaxWrites, 1, 1024);
        Check(faults, nameof(NodeBurst), NodeBurst, 1, 10_000_000);
        Check(faults, nameof(NodesPerSecond), NodesPerSecond, 1, 1_000_000);
        Check(faults, nameof(ByteBurst), ByteBurst, 1024, 1L << 40);
        Check(faults, nameof(BytesPerSecond), BytesPerSecond, 1024, 1L << 30);
        Check(faults, nameof(MaxStoreBytes), MaxStoreBytes, 1 << 20, long.MaxValue / 2);
        Check(faults, nameof(OwnStoreBytes), OwnStoreBytes, 0, long.MaxValue / 2);
        Check(faults, nameof(MaxStoreBytesPerTeller), MaxStoreBytesPerTeller, 64 * 1024, long.MaxValue / 2);
        Check(faults, nameof(MaxValues), MaxValues, 1, 100_000_000);
        Check(faults, nameof(MaxValuesPerSeller), MaxValuesPerSeller, 1, 100_000_000);
        Check(faults, nameof(MaxElementsPerKey), MaxElementsPerKey, 16, 1_000_000);
        Check(faults, nameof(MaxQuarantined), MaxQuarantined, 0, 10_000_000);
        Check(faults, nameof(MaxEarlyTombstones), MaxEarlyTombstones, 0, 10_000_000);
        Check(faults, nameof(MaxSightingPeers), MaxSightingPeers, 1, 1_000_000);
        Check(faults, nameof(SyncPageBytes), SyncPageBytes, 64 * 1024, 16 << 20);
        Check(faults, nameof(SyncTimeout), SyncTimeout, 1_000, 300_000);
        Check(faults, nameof(SyncInterval), SyncInterval, 0, 3_600_000);
        Check(faults, nameof(MaxSyncServed), MaxSyncServed, 1, 256);
        return faults;
    }

    internal void ThrowIfFaulty()
    {
        if (Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults));
    }

    private static void Check(List<string> faults, string name, TimeSpan value, long least, long most) =>
        Check(faults, name, (long)value.TotalMilliseconds, least, most, " ms");

    private static void Check(List<string> faults, string name, long value, long least, long most, string unit = "")
    {
        if (value < least || value > most)
            faults.Add($"{name} is {value}{unit}; it must be from {least} to {most}{unit}.");
    }
}
