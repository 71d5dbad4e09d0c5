using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Peers;

/// <summary>Where what is known of peers is kept. The host never saves two at once for one peer.</summary>
public interface IPeerStore
{
    /// <summary>Null for a stranger.</summary>
    ValueTask<PeerInfo?> FindAsync(PeerId peer, CancellationToken cancellationToken);

    /// <summary>Those who are worth most to us, and among equals those heard of last, the best first; no more than <paramref name="most"/>.</summary>
    ValueTask<IReadOnlyList<PeerInfo>> BestAsync(int most, CancellationToken cancellationToken);

    ValueTask SaveAsync(PeerInfo info, CancellationToken cancellationToken);
}
