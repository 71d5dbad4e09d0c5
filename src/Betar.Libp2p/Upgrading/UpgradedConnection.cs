using Betar.Libp2p.Identity;
using Betar.Libp2p.Muxing;

namespace Betar.Libp2p.Upgrading;

/// <summary>A connection whose other side is known and which carries streams.</summary>
internal sealed record UpgradedConnection(
    PeerId RemotePeer, PublicKey RemoteKey, string Security, string Muxer, bool EarlyMuxer, IMuxedConnection Connection);
