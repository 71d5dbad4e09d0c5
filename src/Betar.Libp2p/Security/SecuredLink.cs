using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Security;

/// <summary>What a handshake gives. Muxer null: it was not agreed on yet.</summary>
internal sealed record SecuredLink(ILink Link, PeerId RemotePeer, PublicKey RemoteKey, string? Muxer);
