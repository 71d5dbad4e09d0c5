using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Peers;

/// <summary>Keeps the peers that were used last; strangers who come and go push out each other, not those that are asked for.</summary>
public sealed class MemoryPeerStore : IPeerStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, LinkedListNode<PeerInfo>> _peers = [];
    private readonly LinkedList<PeerInfo> _byUse = [];
    private readonly int _capacity;

    /// <param name="capacity">How many are kept: <see cref="PeerStoreOptions.Capacity"/>.</param>
    public MemoryPeerStore(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
    }

    public int Count
    {
        get
        {
            lock (_lock)
                return _peers.Count;
        }
    }

    public ValueTask<PeerInfo?> FindAsync(PeerId peer, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!TryTake(peer, out var node))
                return new ValueTask<PeerInfo?>((PeerInfo?)null);
            _byUse.AddFirst(node);
            return new ValueTask<PeerInfo?>(node.Value);
        }
    }

    public ValueTask SaveAsync(PeerInfo info, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            TryTake(info.Peer, out _);
            _peers[info.Peer] = _byUse.AddFirst(info);
            if (_peers.Count > _capacity)
            {
                _peers.Remove(_byUse.Last!.Value.Peer);
                _byUse.RemoveLast();
            }
        }

        return default;
    }

    private bool TryTake(PeerId peer, [NotNullWhen(true)] out LinkedListNode<PeerInfo>? node)
    {
        if (!_peers.TryGetValue(peer, out node))
            return false;
        _byUse.Remove(node);
        return true;
    }
}
