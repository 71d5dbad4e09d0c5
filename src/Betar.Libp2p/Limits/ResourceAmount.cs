namespace Betar.Libp2p.Limits;

/// <summary>So much of everything that is counted.</summary>
internal readonly record struct ResourceAmount(
    int InboundConnections = 0, int OutboundConnections = 0, int InboundStreams = 0, int OutboundStreams = 0, long Memory = 0)
{
    public static ResourceAmount Connection(bool inbound) => inbound ? new(InboundConnections: 1) : new(OutboundConnections: 1);

    public static ResourceAmount Stream(bool inbound) => inbound ? new(InboundStreams: 1) : new(OutboundStreams: 1);

    public bool IsZero => this == default;

    public static ResourceAmount operator +(ResourceAmount left, ResourceAmount right) => new(
        left.InboundConnections + right.InboundConnections,
        left.OutboundConnections + right.OutboundConnections,
        left.InboundStreams + right.InboundStreams,
        left.OutboundStreams + right.OutboundStreams,
        left.Memory + right.Memory);

    public static ResourceAmount operator -(ResourceAmount left, ResourceAmount right) => new(
        left.InboundConnections - right.InboundConnections,
        left.OutboundConnections - right.OutboundConnections,
        left.InboundStreams - right.InboundStreams,
        left.OutboundStreams - right.OutboundStreams,
        left.Memory - right.Memory);

    /// <summary>The first thing of which there is more than allowed; null: all fits.</summary>
    public string? Exceeds(ScopeLimitOptions limits) =>
        InboundConnections > limits.InboundConnections ? "inbound_connections"
        : OutboundConnections > limits.OutboundConnections ? "outbound_connections"
        : InboundStreams > limits.InboundStreams ? "inbound_streams"
        : OutboundStreams > limits.OutboundStreams ? "outbound_streams"
        : Memory > limits.Memory ? "memory"
        : null;
}
