using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>A node that is kept was settled.</summary>
public readonly record struct NodeSettled(NodeId Id, long Sequence, ulong Height, QuarantineReason Verdict);
