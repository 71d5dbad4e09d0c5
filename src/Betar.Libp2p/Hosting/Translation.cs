using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Security;
using Betar.Libp2p.Transports.Quic;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Hosting;

/// <summary>The host's options in the words of its parts.</summary>
internal static class Translation
{
    public static MultistreamOptions Multistream(this Libp2pOptions options) => new()
    {
        MaxMessage = options.Connections.NegotiationMessageBytes,
        MaxProposals = options.Connections.NegotiationProposals,
    };

    public static UpgradeOptions Upgrade(this Libp2pOptions options) => new()
    {
        InboundTimeout = options.Connections.InboundUpgradeTimeout,
        OutboundTimeout = options.Connections.OutboundUpgradeTimeout,
        Securities = [.. options.Securities],
        EarlyMuxer = options.EarlyMuxer,
        MaxHandshakeMessage = options.Connections.NoiseHandshakeBytes,
        Identities = new IdentityLimits(options.Connections.RsaMinBits, options.Connections.RsaMaxBits),
        Multistream = options.Multistream(),
    };

    public static QuicSettings QuicSettings(this Libp2pOptions options) => new()
    {
        InboundTimeout = options.Connections.InboundUpgradeTimeout,
        OutboundTimeout = options.Connections.OutboundUpgradeTimeout,
        Identities = new IdentityLimits(options.Connections.RsaMinBits, options.Connections.RsaMaxBits),
        IdleTimeout = options.Quic.IdleTimeout,
        KeepAliveInterval = options.Quic.KeepAliveInterval,
        ConnectionWindow = options.Quic.ConnectionWindowBytes,
        MaxInboundStreams = options.Resources.Connection.InboundStreams,
        AckBacklog = options.Streams.AckBacklog,
        InboundStreamsPerSecond = options.Streams.NewPerSecond,
        RefusedStreamsPerSecond = options.Streams.ControlFramesPerSecond,
        StreamIdleTimeout = options.Streams.IdleTimeout,
    };

    public static YamuxOptions Yamux(this Libp2pOptions options, LimitMeter meter) => new()
    {
        LimitHit = meter.Hit,
        MaxWindow = (int)Math.Min(options.Resources.Stream.Memory, int.MaxValue),
        // A peer that keeps to its windows must not meet the memory limit because of what waits to be sent to it: one batch gathers, one is under way.
        MaxConnectionWindows = Math.Max(0, options.Resources.Connection.Memory - (2L * options.Streams.QueuedBytes)),
        MaxInboundStreams = options.Resources.Connection.InboundStreams,
        AckBacklog = options.Streams.AckBacklog,
        InboundStreamsPerSecond = options.Streams.NewPerSecond,
        ControlFramesPerSecond = options.Streams.ControlFramesPerSecond,
        MaxQueuedBytes = options.Streams.QueuedBytes,
        StallTimeout = options.Streams.StallTimeout,
        StreamIdleTimeout = options.Streams.IdleTimeout,
    };
}
