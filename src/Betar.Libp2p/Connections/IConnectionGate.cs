using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Connections;

/// <summary>An operator's own rules about whom to talk to. Called often and from many threads; answers must come at once.</summary>
public interface IConnectionGate
{
    /// <summary>Before a peer is dialled, whatever its addresses are.</summary>
    bool MayDial(PeerId peer) => true;

    /// <summary>Before one address is dialled.</summary>
    bool MayDial(PeerId peer, Multiaddr address) => true;

    /// <summary>A connection came in; nothing of it was read.</summary>
    bool MayAccept(Multiaddr remote) => true;

    /// <summary>The handshake is over and the peer is known, inbound or outbound.</summary>
    bool MayStay(PeerId peer, Multiaddr remote, bool inbound) => true;
}
