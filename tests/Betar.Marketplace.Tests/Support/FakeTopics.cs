using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;

namespace Betar.Marketplace.Tests.Support;

/// <summary>A topic that brings every message to every other node at once, with its author's true name.</summary>
internal sealed class FakeTopics
{
    private readonly List<Part> _parts = [];

    /// <summary>What was said, and what each listener made of it.</summary>
    public List<(PeerId Author, ReadOnlyMemory<byte> Data, List<MessageVerdict> Verdicts)> Messages { get; } = [];

    public IPubSub For(PeerId self) => new Side(this, self);

    /// <summary>Says something as anybody, listener or not.</summary>
    public async ValueTask<List<MessageVerdict>> SayAsync(PeerId author, ReadOnlyMemory<byte> data)
    {
        List<MessageVerdict> verdicts = [];
        Messages.Add((author, data, verdicts));
        foreach (var part in _parts.Where(part => part.Self != author).ToList())
            verdicts.Add(await part.Handler(new PubSubMessage(part.Name, author, author, (ulong)Messages.Count, data), CancellationToken.None));
        return verdicts;
    }

    private sealed class Side(FakeTopics topics, PeerId self) : IPubSub
    {
        public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null)
        {
            var part = new Part(topics, self, name, handler);
            topics._parts.Add(part);
            return part;
        }
    }

    private sealed class Part(FakeTopics topics, PeerId self, string name, MessageHandler handler) : ITopic
    {
        public event EventHandler<TopicPeerEventArgs>? PeerChanged
        {
            add { }
            remove { }
        }

        public PeerId Self => self;

        public MessageHandler Handler => handler;

        public string Name => name;

        public IReadOnlyList<PeerId> Peers => [.. topics._parts.Select(part => part.Self).Where(peer => peer != self)];

        public async ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
            (await topics.SayAsync(self, data)).Count;

        public ValueTask DisposeAsync()
        {
            topics._parts.Remove(this);
            return ValueTask.CompletedTask;
        }
    }
}
