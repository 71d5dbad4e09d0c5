namespace Betar.Libp2p.Limits;

/// <summary>
/// What may be held at a time, scope by scope. A stream counts in its own scope, its connection's, its peer's, its protocol's and the
/// system's at once, so one misbehaving peer runs into its own limit long before the system's is touched.
/// </summary>
public sealed class ResourceLimitOptions
{
    private const long MiB = 1024 * 1024;

    /// <summary>The whole host. Default: 256 connections each way, 8,192 streams each way, 128 MiB.</summary>
    public ScopeLimitOptions System { get; set; } = new()
    {
        InboundConnections = 256,
        OutboundConnections = 256,
        InboundStreams = 8192,
        OutboundStreams = 8192,
        Memory = 128 * MiB,
    };

    /// <summary>What is not yet negotiated: half-open connections, streams without a protocol. Default: 64 connections, 512 streams each way, 64 MiB.</summary>
    public ScopeLimitOptions Transient { get; set; } = new()
    {
        InboundConnections = 64,
        OutboundConnections = 64,
        InboundStreams = 512,
        OutboundStreams = 512,
        Memory = 64 * MiB,
    };

    /// <summary>One protocol, all peers together. Default: 4,096 streams each way, 128 MiB.</summary>
    public ScopeLimitOptions Protocol { get; set; } = new() { InboundStreams = 4096, OutboundStreams = 4096, Memory = 128 * MiB };

    /// <summary>One peer, all its connections together. Default: 2 connections in, 4 out, 512 streams each way, 36 MiB.</summary>
    public ScopeLimitOptions Peer { get; set; } = new()
    {
        InboundConnections = 2,
        OutboundConnections = 4,
        InboundStreams = 512,
        OutboundStreams = 512,
        Memory = 36 * MiB,
    };

    /// <summary>One connection. Default: 512 streams each way, 18 MiB: windows grow to 16, and two batches of 1 may wait to be sent.</summary>
    public ScopeLimitOptions Connection { get; set; } = new() { InboundStreams = 512, OutboundStreams = 512, Memory = 18 * MiB };

    /// <summary>One stream: its receive window. Default: 1 MiB.</summary>
    public ScopeLimitOptions Stream { get; set; } = new() { Memory = MiB };
}
