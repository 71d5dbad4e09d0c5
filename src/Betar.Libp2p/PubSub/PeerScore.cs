using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

/// <summary>What a peer is worth, and why.</summary>
/// <param name="Peer">Who.</param>
/// <param name="Score">All of it together.</param>
/// <param name="Connected">False: it is gone, and its score is kept for a while.</param>
/// <param name="Topics">What each topic brings, before the cap.</param>
/// <param name="Application">P5, weighted.</param>
/// <param name="Colocation">P6, weighted.</param>
/// <param name="Behaviour">P7, weighted.</param>
public sealed record PeerScore(
    PeerId Peer, double Score, bool Connected, IReadOnlyList<PeerTopicScore> Topics, double Application, double Colocation, double Behaviour);
