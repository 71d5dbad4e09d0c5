namespace Betar.Libp2p.Protocols.Perf;

/// <summary>How much a stranger may make us send.</summary>
public sealed class PerfOptions
{
    /// <summary>The longest answer that may be asked for; default 1 GiB.</summary>
    public long MaxDownloadBytes { get; set; } = 1L << 30;

    /// <summary>Streams that one peer may have open; default 4.</summary>
    public int InboundPerPeer { get; set; } = 4;
}
