using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;

namespace Betar.Benchmarks.Marketplace;

/// <summary>A topic that nobody else takes part in.</summary>
internal sealed class NoPubSub : IPubSub, ITopic
{
    public event EventHandler<TopicPeerEventArgs>? PeerChanged
    {
        add { }
        remove { }
    }

    public string Name => "";

    public IReadOnlyList<PeerId> Peers => [];

    public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null) => this;

    public ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
