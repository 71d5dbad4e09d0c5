using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Where a node came from and when.</summary>
internal readonly record struct NodeOrigin(PeerId? FirstFrom, bool IsOwn, DateTimeOffset SeenAt);
