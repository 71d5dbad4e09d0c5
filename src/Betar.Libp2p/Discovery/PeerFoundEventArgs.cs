using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Discovery;

public sealed class PeerFoundEventArgs(PeerId peer, string source) : EventArgs
{
    public PeerId Peer => peer;

    /// <summary>The way by which it was found.</summary>
    public string Source => source;
}
