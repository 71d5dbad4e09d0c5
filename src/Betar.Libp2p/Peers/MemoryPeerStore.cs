using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Peers;

/// <summary>
/// Keeps as many peers as there is room for: those who are connected, then by <see cref="PeerStanding"/>, and among equals those that were used last.
/// Strangers who come and go push out each other.
/// </summary>
public sealed class MemoryPeerStore : IPeerStore
{
    private const int Connected = (int)PeerStanding.Protected + 1;

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, LinkedListNode<PeerInfo>> _peers = [];
    private readonly LinkedList<PeerInfo>[] _byUse = [.. Enumerable.Range(0, Connected + 1).Select(_ => new LinkedList<PeerInfo>())];
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
            ListOf(node.Value).AddFirst(node);
            return new ValueTask<PeerInfo?>(node.Value);
        }
    }

    public ValueTask<IReadOnlyList<PeerInfo>> BestAsync(int most, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new ValueTask<IReadOnlyList<PeerInfo>>(
                [.. _peers.Values.Select(node => node.Value).OrderByDescending(info => info.Standing).ThenByDescending(info => info.SeenAt).Take(most)]);
        }
    }

    public ValueTask SaveAsync(PeerInfo info, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            TryTake(info.Peer, out _);
            var saved = _peers[info.Peer] = ListOf(info).AddFirst(info);
            if (_peers.Count > _capacity)
                Forget(saved);
        }

        return default;
    }

    private LinkedList<PeerInfo> ListOf(PeerInfo info) => _byUse[info.IsConnected ? Connected : (int)info.Standing];

    private bool TryTake(PeerId peer, [NotNullWhen(true)] out LinkedListNode<PeerInfo>? node)
    {
        if (!_peers.TryGetValue(peer, out node))
            return false;
        node.List!.Remove(node);
        return true;
    }

    // Not the newcomer: an address that was just named is about to be dialled.
    private void Forget(LinkedListNode<PeerInfo> newcomer)
    {
        var least = _byUse.Select(list => list.Last).First(last => last is not null && last != newcomer)!;
        least.List!.Remove(least);
        _peers.Remove(least.Value.Peer);
    }
}
