namespace Betar.Libp2p.Protocols.Identify;

/// <summary>How peers are asked who they are, and told who we are.</summary>
public sealed class IdentifyOptions
{
    /// <summary>How long one exchange may take; default 5 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Streams of identify, and of push, that one peer may have open; default 2.</summary>
    public int InboundPerPeer { get; set; } = 2;

    /// <summary>How long changes are gathered before they are pushed; default 500 ms.</summary>
    public TimeSpan PushDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What this program is called; default "betar/0.1.0".</summary>
    public string AgentVersion { get; set; } = "betar/0.1.0";

    /// <summary>The family of protocols; default "ipfs/0.1.0".</summary>
    public string ProtocolVersion { get; set; } = "ipfs/0.1.0";
}
