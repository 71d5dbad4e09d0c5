using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Exchange;

public sealed class PeerServesEventArgs(PeerId peer, IReadOnlyList<string> protocols) : EventArgs
{
    public PeerId Peer => peer;

    public IReadOnlyList<string> Protocols => protocols;
}
