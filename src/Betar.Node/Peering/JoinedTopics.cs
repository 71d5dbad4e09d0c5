using Betar.Libp2p.PubSub;

namespace Betar.Node.Peering;

/// <summary>Remembers which topics were joined, so that somebody can be told.</summary>
internal sealed class JoinedTopics(IPubSub pubSub) : IPubSub
{
    private readonly Lock _lock = new();
    private readonly List<ITopic> _topics = [];

    public IReadOnlyList<ITopic> All
    {
        get
        {
            lock (_lock)
                return [.. _topics];
        }
    }

    public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null)
    {
        ITopic topic = pubSub.Join(name, handler, options);
        lock (_lock)
            _topics.Add(topic);
        return new Joined(topic, this);
    }

    private sealed class Joined(ITopic topic, JoinedTopics owner) : ITopic
    {
        public string Name => topic.Name;

        public IReadOnlyList<Libp2p.Identity.PeerId> Peers => topic.Peers;

        public event EventHandler<TopicPeerEventArgs>? PeerChanged
        {
            add => topic.PeerChanged += value;
            remove => topic.PeerChanged -= value;
        }

        public ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => topic.PublishAsync(data, cancellationToken);

        public ValueTask DisposeAsync()
        {
            lock (owner._lock)
                owner._topics.Remove(topic);
            return topic.DisposeAsync();
        }
    }
}
