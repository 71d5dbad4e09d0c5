namespace Betar.Blocks.Exchange;

/// <summary>How blocks are asked for and served, and what a peer may make us do.</summary>
public sealed class BitswapOptions
{
    internal const int HardBlockBytes = 2 * 1024 * 1024;

    /// <summary>One message of a peer, then its stream is reset; default 4 MiB, as everybody has it.</summary>
    public int MaxMessageBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>The largest block that is taken or sent; default 1 MiB, at most 2 MiB.</summary>
    public int MaxBlockBytes { get; set; } = 1024 * 1024;

    /// <summary>Wants, blocks and presences that are read of one message, the rest is not looked at; default 16,384.</summary>
    public int MaxPartsPerMessage { get; set; } = 16_384;

    /// <summary>The longest name that is read; default 168 bytes.</summary>
    public int MaxCidBytes { get; set; } = 168;

    /// <summary>Wants that are kept of one peer; default 1,024. A want that cannot be served gives way to a newer one.</summary>
    public int MaxWantsPerPeer { get; set; } = 1024;

    /// <summary>Bytes of blocks on their way to one peer; default 1 MiB. A single larger block goes alone.</summary>
    public int MaxOutstandingBytesPerPeer { get; set; } = 1024 * 1024;

    /// <summary>Bytes of blocks on their way to all peers; default 64 MiB.</summary>
    public long MaxOutstandingBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Blocks are sent together until a message has so many bytes; default 256 KiB.</summary>
    public int TargetMessageBytes { get; set; } = 256 * 1024;

    /// <summary>Bytes of messages of one peer that have not come whole; default 8 MiB.</summary>
    public long MaxIncomingBytesPerPeer { get; set; } = 8L * 1024 * 1024;

    /// <summary>Bytes of messages of all peers that have not come whole; default 128 MiB.</summary>
    public long MaxIncomingBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Streams that one peer may have open towards us; default 32.</summary>
    public int InboundStreamsPerPeer { get; set; } = 32;

    /// <summary>Who asks whether we have a block gets the block itself when it is not larger; default 1,024 bytes.</summary>
    public int HaveReplaceBytes { get; set; } = 1024;

    /// <summary>Different blocks that are fetched at once, more wait; default 1,024.</summary>
    public int MaxFetches { get; set; } = 1024;

    /// <summary>Peers that are asked for one block besides those that probably have it; default 64, chosen at random.</summary>
    public int MaxBroadcastPeers { get; set; } = 64;

    /// <summary>How long those that probably have a block are waited for before others are asked; default 1 s.</summary>
    public TimeSpan BroadcastDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A peer that was asked for a block and sends none for so long is left alone for a while, and after each such time one peer more is asked at once; default 5 s.</summary>
    public TimeSpan BlockTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wants are sent again after so long; default 30 s.</summary>
    public TimeSpan ResendInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A fetch ends without a block after so long; default 2 min.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a message may take to be sent, then the stream is reset; default 30 s.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a peer that did not answer is left alone at first; default 1 s, doubled each time.</summary>
    public TimeSpan MinBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a peer that never answers is left alone; default 2 min.</summary>
    public TimeSpan MaxBackoff { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often fetches that are under way are looked at; default 200 ms.</summary>
    public TimeSpan Tick { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What is out of its range; empty: nothing.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Require(MaxBlockBytes is > 0 and <= HardBlockBytes, nameof(MaxBlockBytes), "1 to 2 MiB");
        Require(MaxMessageBytes >= MaxBlockBytes + 1024 && MaxMessageBytes <= 64 * 1024 * 1024, nameof(MaxMessageBytes), "the largest block and 1 KiB, to 64 MiB");
        Require(MaxPartsPerMessage > 0, nameof(MaxPartsPerMessage), "at least 1");
        Require(MaxCidBytes >= 36, nameof(MaxCidBytes), "at least 36");
        Require(MaxWantsPerPeer > 0, nameof(MaxWantsPerPeer), "at least 1");
        Require(MaxOutstandingBytesPerPeer > 0, nameof(MaxOutstandingBytesPerPeer), "at least 1");
        Require(MaxOutstandingBytes >= MaxOutstandingBytesPerPeer, nameof(MaxOutstandingBytes), "at least that of one peer");
        Require(TargetMessageBytes > 0 && TargetMessageBytes <= MaxMessageBytes / 2, nameof(TargetMessageBytes), "1 to half of a message");
        Require(MaxIncomingBytesPerPeer >= MaxMessageBytes, nameof(MaxIncomingBytesPerPeer), "at least one message");
        Require(MaxIncomingBytes >= MaxIncomingBytesPerPeer, nameof(MaxIncomingBytes), "at least that of one peer");
        Require(InboundStreamsPerPeer > 0, nameof(InboundStreamsPerPeer), "at least 1");
        Require(HaveReplaceBytes >= 0, nameof(HaveReplaceBytes), "not negative");
        Require(MaxFetches > 0, nameof(MaxFetches), "at least 1");
        Require(MaxBroadcastPeers > 0, nameof(MaxBroadcastPeers), "at least 1");
        foreach (var (name, span) in Spans())
            Require(span > TimeSpan.Zero && span <= TimeSpan.FromDays(1), name, "more than nothing, to 1 day");
        Require(MaxBackoff >= MinBackoff, nameof(MaxBackoff), "at least the shortest");
        return faults;

        void Require(bool good, string name, string range)
        {
            if (!good)
                faults.Add($"Bitswap option {name} is out of range: {range}.");
        }
    }

    private IEnumerable<(string Name, TimeSpan Value)> Spans() =>
    [
        (nameof(BroadcastDelay), BroadcastDelay), (nameof(BlockTimeout), BlockTimeout), (nameof(ResendInterval), ResendInterval),
        (nameof(FetchTimeout), FetchTimeout), (nameof(SendTimeout), SendTimeout), (nameof(MinBackoff), MinBackoff), (nameof(MaxBackoff), MaxBackoff), (nameof(Tick), Tick),
    ];
}
