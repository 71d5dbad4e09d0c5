using Betar.Libp2p.Buffers;
using Betar.Libp2p.Diagnostics;

namespace Betar.Libp2p.Muxing;

/// <summary>Bounds and times of a yamux session.</summary>
internal sealed record YamuxOptions
{
    /// <summary>Fixed by the specification, whatever anybody configures.</summary>
    public const int InitialWindow = 256 * 1024;

    /// <summary>
    /// Header and payload fill exactly four segments, and fit into the first window. Each frame costs the receiver a credit in
    /// return, which is what slows js-libp2p down; others refuse frames above 1 MiB.
    /// </summary>
    public const int MaxFramePayload = (4 * SendBuffer.SegmentSize) - YamuxHeader.Size;

    public static YamuxOptions Default { get; } = new();

    /// <summary>Told of every limit that is hit, by its name; counted for the process alone by default.</summary>
    public Action<string> LimitHit { get; init; } = Libp2pInstruments.LimitHit;

    /// <summary>The largest receive window of a stream: 1 MiB.</summary>
    public int MaxWindow { get; init; } = 1024 * 1024;

    /// <summary>Windows stop growing when all windows of the connection together reach this: 16 MiB.</summary>
    public long MaxConnectionWindows { get; init; } = 16 * 1024 * 1024;

    /// <summary>A window also grows when it was used up in less than this, however short the round trip: 2 ms.</summary>
    public TimeSpan WindowGrowthFloor { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>Streams that the peer may have open: 512.</summary>
    public int MaxInboundStreams { get; init; } = 512;

    /// <summary>Streams opened and not yet accepted or acknowledged, each way: 256.</summary>
    public int AckBacklog { get; init; } = 256;

    /// <summary>New streams of the peer a second, with as many in reserve: 2,000.</summary>
    public int InboundStreamsPerSecond { get; init; } = 2000;

    /// <summary>Frames a second that carry nothing (pings, empty data, small updates, resets), with twice as many in reserve: 200.</summary>
    public int ControlFramesPerSecond { get; init; } = 200;

    /// <summary>What may wait to be sent before writers wait: 1 MiB.</summary>
    public int MaxQueuedBytes { get; init; } = 1024 * 1024;

    /// <summary>How much one stream may put into one batch, so that the others get their turn: 256 KiB.</summary>
    public int StreamShare { get; init; } = 256 * 1024;

    /// <summary>How often the peer is asked whether it is alive: 30 s.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer may take: 10 s.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A peer that takes nothing for so long is dropped: 30 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the goodbye of a session may take: 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stream that we have closed waits for the peer's own end before it is reset: 30 s.</summary>
    public TimeSpan StreamLinger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A stream on which nothing moves for so long is reset, unless its protocol says otherwise: 2 min.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often the times above are looked at: 5 s.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);
}
