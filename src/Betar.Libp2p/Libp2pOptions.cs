using Betar.Libp2p.Connections;
using Betar.Libp2p.Dialing;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Dns;
using Betar.Libp2p.Hosting;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Protocols.Perf;
using Betar.Libp2p.Protocols.Ping;
using Betar.Libp2p.Transports.Quic;

namespace Betar.Libp2p;

/// <summary>All that can be set of a host. Every value has a default that is safe on a public address.</summary>
public sealed class Libp2pOptions
{
    /// <summary>The securities offered, in the order in which a dialer proposes them; default Noise, then TLS.</summary>
    public IList<string> Securities { get; set; } = ["/noise", "/tls/1.0.0"];

    /// <summary>Choose the stream muxer inside the handshake, which saves a round trip; default true.</summary>
    public bool EarlyMuxer { get; set; } = true;

    /// <summary>
    /// Send the first bytes of a stream together with the proposal when the peer has said that it serves the protocol; default true. A peer
    /// that has changed its mind then refuses only when the answer is read.
    /// </summary>
    public bool LazyNegotiation { get; set; } = true;

    /// <summary>Ask every new peer who it is; default true.</summary>
    public bool IdentifyPeers { get; set; } = true;

    /// <summary>How long a stop waits for streams that are being served; default 10 s.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    public ConnectionLimitOptions Connections { get; set; } = new();

    public StreamLimitOptions Streams { get; set; } = new();

    public MessageLimitOptions Messages { get; set; } = new();

    public ResourceLimitOptions Resources { get; set; } = new();

    public ConnectionManagerOptions ConnectionManager { get; set; } = new();

    public DialOptions Dialing { get; set; } = new();

    public QuicOptions Quic { get; set; } = new();

    public IdentifyOptions Identify { get; set; } = new();

    public PingOptions Ping { get; set; } = new();

    public PerfOptions Perf { get; set; } = new();

    public PeerStoreOptions Peers { get; set; } = new();

    public ObservedAddressOptions Observed { get; set; } = new();

    public DnsOptions Dns { get; set; } = new();

    /// <summary>For hosts that look for peers by themselves.</summary>
    public DiscoveryOptions Discovery { get; set; } = new();

    /// <summary>Every fault at once, in words; none: the options can be used.</summary>
    public IReadOnlyList<string> Validate() => [.. OptionFaults.Find(this)];
}
