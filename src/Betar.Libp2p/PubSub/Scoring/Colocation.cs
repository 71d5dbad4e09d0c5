using System.Net;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub.Scoring;

/// <summary>Which peers are behind one address.</summary>
internal sealed class Colocation(GossipScoreOptions options)
{
    private readonly Dictionary<IPAddress, HashSet<PeerId>> _peers = [];

    public void Add(IPAddress? address, PeerId peer)
    {
        if (address is null || IPAddress.IsLoopback(address) || options.ColocationExempt.Any(network => network.Contains(address)))
            return;
        if (!_peers.TryGetValue(address, out var peers))
            _peers.Add(address, peers = []);
        peers.Add(peer);
    }

    public void Remove(IPAddress? address, PeerId peer)
    {
        if (address is not null && _peers.TryGetValue(address, out var peers) && peers.Remove(peer) && peers.Count == 0)
            _peers.Remove(address);
    }

    /// <summary>Those beyond the threshold, squared.</summary>
    public double SurplusOf(IPAddress? address)
    {
        var surplus = address is not null && _peers.TryGetValue(address, out var peers) ? Math.Max(0, peers.Count - options.ColocationThreshold) : 0;
        return (double)surplus * surplus;
    }
}
