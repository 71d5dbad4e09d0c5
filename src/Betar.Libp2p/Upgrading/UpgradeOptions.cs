using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Security;

namespace Betar.Libp2p.Upgrading;

/// <summary>How a raw connection becomes a secured one with streams.</summary>
internal sealed record UpgradeOptions
{
    /// <summary>The whole upgrade of a connection that somebody else opened: 10 s.</summary>
    public TimeSpan InboundTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The whole upgrade of a connection that we opened: 15 s.</summary>
    public TimeSpan OutboundTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The securities offered, in the order in which a dialer proposes them.</summary>
    public IReadOnlyList<string> Securities { get; init; } = ["/noise", "/tls/1.0.0"];

    /// <summary>Choose the muxer inside the handshake, which saves a round trip.</summary>
    public bool EarlyMuxer { get; init; } = true;

    /// <summary>The longest Noise handshake message accepted: 4 KiB, which RSA identities fit into.</summary>
    public int MaxHandshakeMessage { get; init; } = 4096;

    /// <summary>Which identities are let in: RSA of 2,048 to 8,192 bits, all others.</summary>
    public IdentityLimits Identities { get; init; } = IdentityLimits.Default;

    public MultistreamOptions Multistream { get; init; } = MultistreamOptions.Default;
}
