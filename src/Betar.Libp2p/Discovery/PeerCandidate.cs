using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Discovery;

/// <summary>A peer that somebody says can be found. Who is really there shows the handshake.</summary>
/// <param name="Peer">Who it is said to be.</param>
/// <param name="Addresses">Where.</param>
/// <param name="Origin">Whose word it is.</param>
/// <param name="Source">The name of the source.</param>
public sealed record PeerCandidate(PeerId Peer, IReadOnlyList<Multiaddr> Addresses, PeerOrigin Origin, string Source)
{
    /// <summary>Where the one who says it is, as far as that is sure: he may name addresses that are no closer to us than he is. Null: the public internet.</summary>
    public Multiaddr? Speaker { get; init; }
}
