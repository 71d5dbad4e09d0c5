namespace Betar.Libp2p.Limits;

/// <summary>What one scope may hold at a time; each kind of scope has its own defaults in <see cref="ResourceLimitOptions"/>.</summary>
public sealed class ScopeLimitOptions
{
    /// <summary>Connections that others opened; default: see the scope.</summary>
    public int InboundConnections { get; set; } = int.MaxValue;

    /// <summary>Connections that we opened; default: see the scope.</summary>
    public int OutboundConnections { get; set; } = int.MaxValue;

    /// <summary>Streams that others opened; default: see the scope.</summary>
    public int InboundStreams { get; set; } = int.MaxValue;

    /// <summary>Streams that we opened; default: see the scope.</summary>
    public int OutboundStreams { get; set; } = int.MaxValue;

    /// <summary>Bytes promised to peers and waiting in buffers; default: see the scope.</summary>
    public long Memory { get; set; } = long.MaxValue;
}
