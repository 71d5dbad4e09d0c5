using Betar.Libp2p.Identity;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>Where a node came from and when; all its writings share it.</summary>
internal sealed record NodeOrigin(PeerId? FirstFrom, bool IsOwn, DateTimeOffset SeenAt);
