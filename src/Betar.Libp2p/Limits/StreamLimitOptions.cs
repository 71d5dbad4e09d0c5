namespace Betar.Libp2p.Limits;

/// <summary>What a connected peer may do with its streams.</summary>
public sealed class StreamLimitOptions
{
    /// <summary>Streams opened and not yet acknowledged, each way; default 256.</summary>
    public int AckBacklog { get; set; } = 256;

    /// <summary>New streams a second on one connection; default 2,000.</summary>
    public int NewPerSecond { get; set; } = 2000;

    /// <summary>Frames without payload a second on one connection, then goodbye; default 200.</summary>
    public int ControlFramesPerSecond { get; set; } = 200;

    /// <summary>Bytes waiting to be sent on one connection before writers wait; default 1 MiB.</summary>
    public int QueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>A peer that takes nothing for so long is dropped; default 30 s.</summary>
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The choice of a stream's protocol, then reset; default 10 s.</summary>
    public TimeSpan NegotiationTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>A stream on which nothing moves for so long is reset; default 2 min. Protocols may say otherwise.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Streams of one application protocol that one peer may have open; default 16. Protocols may say otherwise.</summary>
    public int InboundPerProtocolAndPeer { get; set; } = 16;
}
