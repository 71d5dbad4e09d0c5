using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;

namespace Betar.Blocks.Exchange.Peers;

/// <summary>The peers that are connected. What is known of one is forgotten when its last connection ends.</summary>
internal sealed class PeerTable : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, BitswapPeer> _peers = [];
    private readonly Libp2pHost _host;
    private readonly Func<PeerId, BitswapPeer> _create;

    public PeerTable(Libp2pHost host, Func<PeerId, BitswapPeer> create)
    {
        (_host, _create) = (host, create);
        host.PeerChanged += OnPeerChanged;
    }

    /// <summary>A peer came, or was found to speak the protocol after all.</summary>
    public event Action<BitswapPeer>? Came;

    public event Action<BitswapPeer>? Went;

    /// <summary>The peer says whether it speaks the protocol.</summary>
    public event Action<BitswapPeer, bool>? Spoke;

    public IReadOnlyList<BitswapPeer> All
    {
        get
        {
            lock (_lock)
                return [.. _peers.Values];
        }
    }

    /// <summary>Those who were there before.</summary>
    public void AddConnected()
    {
        foreach (var connection in _host.Connections)
            TryAdd(connection.Peer, out _);
    }

    public BitswapPeer? Find(PeerId peer)
    {
        lock (_lock)
            return _peers.GetValueOrDefault(peer);
    }

    /// <summary>Null: it is not connected any more.</summary>
    public BitswapPeer? FindOrAdd(PeerId peer) => Find(peer) ?? (TryAdd(peer, out var added) ? added : null);

    public void Dispose()
    {
        _host.PeerChanged -= OnPeerChanged;
        foreach (var peer in All)
            Remove(peer.Id);
    }

    private void OnPeerChanged(object? sender, HostEventArgs args)
    {
        if (args.Kind == HostEventKind.Connected)
            TryAdd(args.Peer, out _);
        else if (args.Kind == HostEventKind.Disconnected && !IsConnected(args.Peer))
            Remove(args.Peer);
        else if (args.Identified is { } identified && Find(args.Peer) is { } peer)
            Spoke?.Invoke(peer, identified.Info.Protocols.Any(BitswapProtocol.All.Contains));
    }

    private bool IsConnected(PeerId peer) => _host.Connections.Any(connection => connection.Peer == peer);

    private bool TryAdd(PeerId id, [NotNullWhen(true)] out BitswapPeer? peer)
    {
        // Looked at under the lock, since the peer may be leaving at this moment and its leaving is said only once.
        lock (_lock)
        {
            if (_peers.TryGetValue(id, out peer))
                return true;
            if (!IsConnected(id))
                return false;
            peer = _create(id);
            _peers.Add(id, peer);
        }

        Came?.Invoke(peer);
        return true;
    }

    private void Remove(PeerId id)
    {
        BitswapPeer? peer;
        lock (_lock)
        {
            if (!_peers.Remove(id, out peer))
                return;
        }

        peer.Leave();
        Went?.Invoke(peer);
    }
}
