using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>A node that is kept, read, with where it came from.</summary>
internal sealed record KnownNode(ReplicaNode Node, NodeOrigin Origin);
