using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What the router has done for it by others: all that takes time. Called inside of the router's lock, so nothing may block.</summary>
internal interface IRouterEnvironment
{
    /// <summary>Check the signature; <see cref="GossipRouter.Verified"/> is told of it.</summary>
    void Verify(PendingMessage message);

    /// <summary>Ask the topic's handler; <see cref="GossipRouter.Judged"/> is told its verdict.</summary>
    void Judge(PendingMessage message);

    void PeerChanged(string topic, PeerId peer, bool joined);

    /// <summary>The signed record of a peer, to recommend it to another; empty: there is none that the other may have.</summary>
    ReadOnlyMemory<byte> RecordFor(PeerId about, PeerId listener);

    /// <summary>A peer recommends others.</summary>
    void Recommended(PeerId speaker, IReadOnlyList<OfferedPeer> offered);

    /// <summary>Dial a direct peer that is gone.</summary>
    void Connect(PeerId peer);
}
