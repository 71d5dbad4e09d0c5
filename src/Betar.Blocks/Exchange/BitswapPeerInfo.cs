using Betar.Libp2p.Identity;

namespace Betar.Blocks.Exchange;

/// <summary>What has passed between a connected peer and this host.</summary>
/// <param name="Peer">The peer.</param>
/// <param name="Delivered">Blocks that it sent and that were wanted.</param>
/// <param name="Unrequested">Blocks that it sent and that nobody wanted, or nobody any more.</param>
/// <param name="Failures">How often it did not answer since it last delivered.</param>
/// <param name="BackoffUntil">It is left alone until then; null: it is not.</param>
/// <param name="BlocksSent">Blocks that it got.</param>
/// <param name="BytesSent">Their bytes.</param>
/// <param name="Wants">Blocks that it wants now.</param>
public sealed record BitswapPeerInfo(
    PeerId Peer, long Delivered, long Unrequested, int Failures, DateTimeOffset? BackoffUntil, long BlocksSent, long BytesSent, int Wants);
