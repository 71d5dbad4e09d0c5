using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

/// <summary>This host's part in a topic.</summary>
public interface ITopic : IAsyncDisposable
{
    string Name { get; }

    /// <summary>Connected peers that said that they take part.</summary>
    IReadOnlyList<PeerId> Peers { get; }

    /// <summary>A peer has begun or ceased to take part. Handlers must not block; what they throw is logged.</summary>
    event EventHandler<TopicPeerEventArgs>? PeerChanged;

    /// <summary>Signs the message and sends it. Completes when it is queued for the peers chosen; nobody says whether it arrived.</summary>
    /// <returns>To how many peers it goes at once.</returns>
    ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default);
}
