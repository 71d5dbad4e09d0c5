using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>How many messages each author has sent to a topic lately. The author that was heard least lately is forgotten first.</summary>
internal sealed class AuthorRates(TopicOptions topic, GossipLimitOptions options, LimitMeter limits, TimeProvider time)
{
    private readonly Dictionary<PeerId, LinkedListNode<(PeerId Author, TokenBucket Bucket)>> _authors = [];
    private readonly LinkedList<(PeerId Author, TokenBucket Bucket)> _order = [];

    public int Count => _authors.Count;

    public bool TryTake(PeerId author)
    {
        if (_authors.TryGetValue(author, out var node))
        {
            _order.Remove(node);
        }
        else
        {
            if (_authors.Count >= options.RememberedAuthors)
            {
                limits.Hit(GossipCap.Authors);
                _authors.Remove(_order.Last!.Value.Author);
                _order.RemoveLast();
            }

            node = new((author, new TokenBucket(topic.AuthorPerSecond, topic.AuthorBurst, time)));
            _authors.Add(author, node);
        }

        _order.AddFirst(node);
        return node.Value.Bucket.TryTake();
    }
}
