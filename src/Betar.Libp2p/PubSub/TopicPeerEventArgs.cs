using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

public sealed class TopicPeerEventArgs(PeerId peer, bool joined) : EventArgs
{
    public PeerId Peer => peer;

    /// <summary>False: it left, or its last connection ended.</summary>
    public bool Joined => joined;
}
