namespace Betar.Libp2p.Discovery.Mdns;

/// <summary>The links of this machine.</summary>
internal interface IMulticastNetwork
{
    /// <summary>Those that can be used now.</summary>
    IReadOnlyList<MulticastInterface> Interfaces();

    /// <exception cref="System.Net.Sockets.SocketException">It cannot be used after all.</exception>
    IMulticastLink Open(MulticastInterface link);
}
