using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Security;

internal static class PeerCheck
{
    /// <summary>The peer id of the key that the other side has proven to hold; refused when another one was dialled.</summary>
    public static PeerId Require(PublicKey key, PeerId? expected)
    {
        var peer = key.ToPeerId();
        return expected is null || expected == peer
            ? peer
            : throw new Libp2pException(Libp2pError.WrongPeer, $"{peer} answered where {expected} was dialled.");
    }
}
