namespace Betar.Libp2p.Protocols.Ping;

/// <summary>How pings are sent and answered.</summary>
public sealed class PingOptions
{
    /// <summary>How long one round may take; default 10 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Streams that one peer may have open to ping us; default 2.</summary>
    public int InboundPerPeer { get; set; } = 2;

    /// <summary>A stream without a ping for so long is dropped; default 60 s.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
