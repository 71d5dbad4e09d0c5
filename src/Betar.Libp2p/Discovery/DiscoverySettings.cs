using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Discovery;

/// <summary>Which ways of finding peers a host uses; their bounds stand in <see cref="DiscoveryOptions"/>.</summary>
public sealed class DiscoverySettings
{
    /// <summary>Peers that the operator names; each address ends with its peer. They are dialled again whenever they are gone.</summary>
    public IReadOnlyList<Multiaddr> Bootstrap { get; set; } = [];

    /// <summary>Dial first who was reached before the restart; default true.</summary>
    public bool Remembered { get; set; } = true;

    /// <summary>Ask peers for others that they know, and answer such questions; default true.</summary>
    public bool Exchange { get; set; } = true;

    /// <summary>Look for peers on the links of this machine; default true.</summary>
    public bool Mdns { get; set; } = true;

    /// <summary>The service that is looked for and announced, without the domain; default that of libp2p.</summary>
    public string MdnsService { get; set; } = "_p2p._udp";

    /// <summary>Only on the loopback link, so that nothing leaves the machine; default false.</summary>
    public bool MdnsLoopbackOnly { get; set; }

    /// <summary>Further ways.</summary>
    public IReadOnlyList<IPeerSource> Sources { get; set; } = [];
}
