using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>Changes that become durable together or not at all. Applied in the order of the members.</summary>
public sealed class ReplicaCommit
{
    /// <summary>Everything that was made from the nodes is to be made anew: only nodes stay, none settled, and which are absent.</summary>
    public bool Restart { get; set; }

    /// <summary>The order of settling has this name; it changes when the order does. Null: as it was.</summary>
    public Guid? Epoch { get; set; }

    /// <summary>True from a restart until its last commit, so that a crash begins it again.</summary>
    public bool? Rebuilding { get; set; }

    /// <summary>Nodes that were not kept before.</summary>
    public Dictionary<NodeId, NodeRow> Nodes { get; } = [];

    /// <summary>Nodes that were kept before and are settled now.</summary>
    public List<NodeSettled> Settled { get; } = [];

    public List<NodeId> Forgotten { get; } = [];

    /// <summary>Null: it is gone.</summary>
    public Dictionary<ElementName, ElementRow?> Elements { get; } = [];

    /// <summary>False: it is gone.</summary>
    public Dictionary<ElementName, bool> EarlyTombstones { get; } = [];

    /// <summary>False: it is not absent any more.</summary>
    public Dictionary<NodeId, bool> Absent { get; } = [];

    /// <summary>All heads; null: as they were.</summary>
    public IReadOnlyList<NodeId>? Heads { get; set; }

    public int Count => Nodes.Count + Settled.Count + Forgotten.Count + Elements.Count + EarlyTombstones.Count + Absent.Count;

    public bool IsEmpty => Count == 0 && Heads is null && !Restart && Epoch is null && Rebuilding is null;

    /// <summary>A node was settled, whether it was kept before or comes with this commit.</summary>
    public void Settle(NodeSettled settled)
    {
        if (Nodes.TryGetValue(settled.Id, out var row))
            Nodes[settled.Id] = row with { Sequence = settled.Sequence, Height = settled.Height, Verdict = settled.Verdict };
        else
            Settled.Add(settled);
    }
}
