using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>One writing of a key that no tombstone names; the value is in the node.</summary>
internal readonly record struct LiveElement(NodeId Node, ulong Height);
