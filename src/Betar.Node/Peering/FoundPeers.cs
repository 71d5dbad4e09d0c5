using System.Collections.Concurrent;
using Betar.Libp2p;
using Betar.Libp2p.Discovery;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;

namespace Betar.Node.Peering;

/// <summary>How each peer that is connected was found; who came by itself was not.</summary>
internal sealed class FoundPeers : IDisposable
{
    private readonly Libp2pHost _host;
    private readonly IPeerDiscovery _discovery;
    private readonly ConcurrentDictionary<PeerId, string> _sources = new();

    public FoundPeers(Libp2pHost host, IPeerDiscovery discovery)
    {
        (_host, _discovery) = (host, discovery);
        host.PeerChanged += OnPeerChanged;
        discovery.PeerFound += OnPeerFound;
    }

    /// <summary>Empty for a peer that came by itself.</summary>
    public string Source(PeerId peer) => _sources.GetValueOrDefault(peer, "");

    public void Dispose()
    {
        _host.PeerChanged -= OnPeerChanged;
        _discovery.PeerFound -= OnPeerFound;
    }

    private void OnPeerFound(object? sender, PeerFoundEventArgs found) => _sources[found.Peer] = found.Source;

    private void OnPeerChanged(object? sender, HostEventArgs happened)
    {
        if (happened.Kind == HostEventKind.Disconnected && _host.Connections.All(connection => connection.Peer != happened.Peer))
            _sources.TryRemove(happened.Peer, out _);
    }
}
