using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication;

/// <summary>A peer said that it has this head, so it has all that the head stands on, or will soon.</summary>
public sealed record HeadSighting(Cid Head, PeerId Peer, DateTimeOffset Since);
