using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Peers;

/// <summary>What ties a peer to this host now.</summary>
internal sealed record PeerTies(Predicate<PeerId> Connected, Predicate<PeerId> Protected)
{
    public static PeerTies None { get; } = new(_ => false, _ => false);
}
