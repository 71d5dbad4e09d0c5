using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>What a replica begins with: all that is kept but the settled nodes.</summary>
public sealed record ReplicaState(
    Guid Epoch, bool Rebuilding, long LastSequence, long NodeCount, long NodeBytes, IReadOnlyList<NodeId> Heads, IReadOnlyList<ElementRow> Elements,
    IReadOnlyList<ElementName> EarlyTombstones, IReadOnlyList<NodeId> Absent, IReadOnlyList<NodeRow> Loose);
