using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Connections;

/// <summary>All connections, by peer. A peer may have several: two that dialled each other at once have two, and both are good.</summary>
internal sealed class ConnectionTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, List<PeerConnection>> _peers = [];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public IReadOnlyList<PeerId> Peers
    {
        get
        {
            lock (_lock)
                return [.. _peers.Keys];
        }
    }

    public IReadOnlyList<PeerConnection> All
    {
        get
        {
            lock (_lock)
                return [.. _peers.Values.SelectMany(connections => connections)];
        }
    }

    /// <summary>True when it is the peer's first.</summary>
    public bool Add(PeerConnection connection)
    {
        lock (_lock)
        {
            _count++;
            if (_peers.TryGetValue(connection.Peer, out var connections))
            {
                connections.Add(connection);
                return false;
            }

            _peers.Add(connection.Peer, [connection]);
            return true;
        }
    }

    /// <summary>True when it was the peer's last.</summary>
    public bool Remove(PeerConnection connection)
    {
        lock (_lock)
        {
            if (!_peers.TryGetValue(connection.Peer, out var connections) || !connections.Remove(connection))
                return false;
            _count--;
            return connections.Count == 0 && _peers.Remove(connection.Peer);
        }
    }

    /// <summary>The newest that can be used: the older one may be dead without knowing it.</summary>
    public PeerConnection? Find(PeerId peer)
    {
        lock (_lock)
            return _peers.TryGetValue(peer, out var connections) ? connections.LastOrDefault(connection => connection.TakesStreams) : null;
    }

    public IReadOnlyList<PeerConnection> Of(PeerId peer)
    {
        lock (_lock)
            return _peers.TryGetValue(peer, out var connections) ? [.. connections] : [];
    }
}
