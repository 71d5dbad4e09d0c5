using System.Collections.Concurrent;
using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Connections;

/// <summary>Refuses peers and networks that were named; may be changed while the host runs.</summary>
public sealed class DenyListGate : IConnectionGate
{
    private readonly ConcurrentDictionary<PeerId, bool> _peers = new();
    private readonly ConcurrentDictionary<IPNetwork, bool> _networks = new();

    public void Deny(PeerId peer) => _peers[peer] = true;

    public void Deny(IPNetwork network) => _networks[network] = true;

    public void Allow(PeerId peer) => _peers.TryRemove(peer, out _);

    public void Allow(IPNetwork network) => _networks.TryRemove(network, out _);

    public bool MayDial(PeerId peer) => !_peers.ContainsKey(peer);

    public bool MayDial(PeerId peer, Multiaddr address) => MayAccept(address);

    public bool MayAccept(Multiaddr remote)
    {
        if (!remote.TryGetIpEndPoint(out var endPoint))
            return true;
        var ip = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        return !_networks.Keys.Any(network => network.Contains(ip));
    }

    public bool MayStay(PeerId peer, Multiaddr remote, bool inbound) => MayDial(peer);
}
