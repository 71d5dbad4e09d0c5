using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>An element that is not tombstoned; the value is in the node.</summary>
public readonly record struct ElementRow(string Key, NodeId Node, ulong Height, QuarantineReason Reason);
