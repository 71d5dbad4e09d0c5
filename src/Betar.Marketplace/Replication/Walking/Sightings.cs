using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Walking;

/// <summary>Which peer said when that it has which head; the peers that were silent longest are forgotten first.</summary>
internal sealed class Sightings(int mostPeers)
{
    private const int MostHeads = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, LinkedListNode<PeerHeads>> _byPeer = [];
    private readonly LinkedList<PeerHeads> _order = [];

    public IReadOnlyList<HeadSighting> All
    {
        get
        {
            lock (_lock)
                return [.. _order.SelectMany(peer => peer.Heads.Select(head => new HeadSighting(head.Id.ToCid(), peer.Peer, head.Since))).OrderBy(sighting => sighting.Since)];
        }
    }

    public IReadOnlyDictionary<PeerId, DateTimeOffset> Last
    {
        get
        {
            lock (_lock)
                return _order.ToDictionary(peer => peer.Peer, peer => peer.At);
        }
    }

    public void Add(PeerId peer, IReadOnlyList<NodeId> heads, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_byPeer.TryGetValue(peer, out var node))
                _byPeer.Add(peer, node = new LinkedListNode<PeerHeads>(new PeerHeads(peer)));
            else
                _order.Remove(node);
            _order.AddLast(node);
            node.Value.Add(heads, now);
            while (_byPeer.Count > mostPeers && _order.First is { } oldest)
            {
                _order.Remove(oldest);
                _byPeer.Remove(oldest.Value.Peer);
            }
        }
    }

    private sealed class PeerHeads(PeerId peer)
    {
        public PeerId Peer => peer;

        public DateTimeOffset At { get; private set; }

        public List<(NodeId Id, DateTimeOffset Since)> Heads { get; } = [];

        public void Add(IReadOnlyList<NodeId> heads, DateTimeOffset now)
        {
            At = now;
            foreach (var head in heads.Where(head => !Heads.Exists(known => known.Id == head)))
                Heads.Add((head, now));
            if (Heads.Count > MostHeads)
                Heads.RemoveRange(0, Heads.Count - MostHeads);
        }
    }
}
