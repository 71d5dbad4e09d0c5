using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

internal sealed class GossipTopic(GossipSub owner, string name, MessageHandler handler, TopicOptions options) : ITopic
{
    private bool _left;

    public event EventHandler<TopicPeerEventArgs>? PeerChanged;

    public string Name => name;

    public MessageHandler Handler => handler;

    public IReadOnlyList<PeerId> Peers => owner.Router.PeersOf(name);

    public ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _left), this);
        cancellationToken.ThrowIfCancellationRequested();
        if (data.Length > options.MaxMessageBytes)
            throw new ArgumentException("The message is longer than the topic takes.", nameof(data));
        return ValueTask.FromResult(owner.Publish(name, data));
    }

    public ValueTask DisposeAsync()
    {
        Volatile.Write(ref _left, true);
        owner.Leave(this);
        return default;
    }

    internal void Raise(TopicPeerEventArgs change) => PeerChanged?.Invoke(this, change);
}
