using System.Text;
using Betar.Libp2p.Identity;

namespace Betar.Fuzz.Targets;

/// <summary>Peer ids in each of their spellings.</summary>
internal sealed class PeerIdTextTarget : IFuzzTarget
{
    public string Name => "peer-id-text";

    public bool Take(byte[] input)
    {
        if (!PeerId.TryParse(Encoding.UTF8.GetString(input), out var peer))
            return false;
        FuzzException.Unless(PeerId.TryParse(peer.ToString(), out var again) && again == peer, $"{peer} does not come back");
        FuzzException.Unless(PeerId.TryParse(peer.ToCid().ToString(), out var cid) && cid == peer, $"{peer.ToCid()} does not come back");
        return true;
    }
}
