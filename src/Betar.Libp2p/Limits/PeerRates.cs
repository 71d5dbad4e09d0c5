using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Limits;

/// <summary>So many a second for each peer, with a reserve. A bounded number of peers is remembered; who was not heard for longest is forgotten first.</summary>
/// <param name="perSecond">Tokens that each peer gets in a second.</param>
/// <param name="reserve">The most that it can save.</param>
/// <param name="maxPeers">Peers that are told apart.</param>
/// <param name="time">The clock.</param>
/// <param name="forgot">Called for each peer that is forgotten because there are too many.</param>
public sealed class PeerRates(double perSecond, int reserve, int maxPeers, TimeProvider time, Action? forgot = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, LinkedListNode<(PeerId Peer, TokenBucket Bucket)>> _peers = [];
    private readonly LinkedList<(PeerId Peer, TokenBucket Bucket)> _recent = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _peers.Count;
        }
    }

    /// <summary>True: the peer had as many tokens, and they are spent.</summary>
    public bool TryTake(PeerId peer, int tokens = 1)
    {
        lock (_lock)
        {
            if (_peers.TryGetValue(peer, out var node))
            {
                _recent.Remove(node);
            }
            else
            {
                if (_peers.Count >= maxPeers)
                {
                    _peers.Remove(_recent.Last!.Value.Peer);
                    _recent.RemoveLast();
                    forgot?.Invoke();
                }

                node = new((peer, new TokenBucket(perSecond, reserve, time)));
                _peers.Add(peer, node);
            }

            _recent.AddFirst(node);
            return node.Value.Bucket.TryTake(tokens);
        }
    }
}
