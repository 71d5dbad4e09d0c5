using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Exchange;

/// <summary>A token bucket for each peer. A bounded number of peers is remembered; those that were not heard for longest are forgotten first.</summary>
internal sealed class RateTable(int burst, TimeSpan perToken, int maxPeers, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PeerId, LinkedListNode<Bucket>> _buckets = [];
    private readonly LinkedList<Bucket> _recent = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _buckets.Count;
        }
    }

    /// <summary>True: the peer had as many tokens, and they are spent.</summary>
    public bool TryTake(PeerId peer, int tokens = 1)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            if (!_buckets.TryGetValue(peer, out var node))
            {
                if (_buckets.Count >= maxPeers)
                {
                    _buckets.Remove(_recent.Last!.Value.Peer);
                    _recent.RemoveLast();
                }

                node = new LinkedListNode<Bucket>(new Bucket(peer) { Tokens = burst, At = now });
                _buckets.Add(peer, node);
            }
            else
            {
                _recent.Remove(node);
            }

            _recent.AddFirst(node);
            var bucket = node.Value;
            var earned = time.GetElapsedTime(bucket.At, now).Ticks / perToken.Ticks;
            if (earned > 0)
            {
                bucket.At = now;
                bucket.Tokens = (int)Math.Min(burst, bucket.Tokens + earned);
            }

            if (bucket.Tokens < tokens)
                return false;
            bucket.Tokens -= tokens;
            return true;
        }
    }

    private sealed class Bucket(PeerId peer)
    {
        public PeerId Peer => peer;

        public int Tokens { get; set; }

        public long At { get; set; }
    }
}
