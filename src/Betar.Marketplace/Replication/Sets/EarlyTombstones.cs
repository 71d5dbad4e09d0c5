using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>
/// Tombstones for elements of nodes that are not settled yet. Once a node is settled its elements are in the set or gone for good,
/// so a tombstone is kept no longer than until then.
/// </summary>
internal sealed class EarlyTombstones(int most)
{
    private readonly Dictionary<NodeId, HashSet<string>> _byNode = [];

    public int Count { get; private set; }

    public void Load(ElementName name)
    {
        if (!_byNode.TryGetValue(name.Node, out var keys))
            _byNode.Add(name.Node, keys = new HashSet<string>(StringComparer.Ordinal));
        if (keys.Add(name.Key))
            Count++;
    }

    public void Add(ElementName name, ReplicaCommit commit)
    {
        if (Count >= most)
        {
            ReplicaInstruments.LimitHit(nameof(ReplicaOptions.MaxEarlyTombstones));
            return;
        }

        Load(name);
        commit.EarlyTombstones[name] = true;
    }

    public bool Has(string key, NodeId node) => _byNode.TryGetValue(node, out var keys) && keys.Contains(key);

    /// <summary>The node is settled.</summary>
    public void Done(NodeId node, ReplicaCommit commit)
    {
        if (!_byNode.Remove(node, out var keys))
            return;
        Count -= keys.Count;
        foreach (var key in keys)
            commit.EarlyTombstones[new(key, node)] = false;
    }
}
