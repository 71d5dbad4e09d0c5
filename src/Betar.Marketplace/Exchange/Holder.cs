using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Exchange;

/// <summary>A peer that is known to have a version, since when.</summary>
public sealed record Holder(PeerId Peer, DateTimeOffset Since);
