namespace Betar.Libp2p.Protocols;

/// <summary>What is different for one protocol.</summary>
public sealed class ProtocolOptions
{
    /// <summary>Streams that one peer may have open towards us; by default that of <see cref="Limits.StreamLimitOptions"/>.</summary>
    public int? InboundPerPeer { get; set; }

    /// <summary>How long a stream may be idle; by default that of <see cref="Limits.StreamLimitOptions"/>.</summary>
    public TimeSpan? IdleTimeout { get; set; }
}
