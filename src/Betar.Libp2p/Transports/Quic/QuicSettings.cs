using Betar.Libp2p.Security;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>Bounds and times of QUIC connections, in the words of this transport.</summary>
internal sealed record QuicSettings
{
    public TimeSpan InboundTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan OutboundTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public IdentityLimits Identities { get; init; } = IdentityLimits.Default;

    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    public int ConnectionWindow { get; init; } = 1024 * 1024;

    /// <summary>What a stream may bring unread before the window grows; a power of two: 256 KiB.</summary>
    public int StreamWindow { get; init; } = 256 * 1024;

    /// <summary>Streams that the peer may have open.</summary>
    public int MaxInboundStreams { get; init; } = 512;

    /// <summary>Streams opened by the peer and not yet accepted.</summary>
    public int AckBacklog { get; init; } = 256;

    public int InboundStreamsPerSecond { get; init; } = 2000;

    /// <summary>Refused streams a second, then goodbye.</summary>
    public int RefusedStreamsPerSecond { get; init; } = 200;

    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the peer may take to acknowledge what was sent on a stream that we have closed: 30 s.</summary>
    public TimeSpan StreamLinger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the goodbye of a connection waits for what was sent on ended streams: 5 s.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the times above are looked at: 5 s.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);
}
