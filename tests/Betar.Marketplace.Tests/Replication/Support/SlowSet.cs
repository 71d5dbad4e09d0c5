using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>
/// What the set is, word by word and slowly: from all nodes at once, in no order. The height of a node is one more than the greatest of its parents; a
/// node counts when its priority is that, or one more than its parents claim; a key has the value of the highest element that no tombstone names.
/// </summary>
internal static class SlowSet
{
    public static SortedDictionary<string, string> Of(IEnumerable<ReplicaNode> nodes, ReplicaOptions? options = null)
    {
        var all = nodes.DistinctBy(node => node.Id).ToDictionary(node => node.Id);
        var judge = new NodeJudge(options ?? new ReplicaOptions());
        var heights = new Dictionary<NodeId, ulong>();
        ulong Height(NodeId id)
        {
            if (!heights.TryGetValue(id, out var height))
                heights[id] = height = 1 + all[id].Parents.Where(all.ContainsKey).Select(Height).DefaultIfEmpty().Max();
            return height;
        }

        var counting = all.Values.Where(node => judge.OfNode(
            node, Height(node.Id), node.Parents.Where(all.ContainsKey).Select(parent => all[parent].Priority).DefaultIfEmpty().Max(),
            node.Parents.All(all.ContainsKey)) == QuarantineReason.None).ToList();
        var dead = counting.SelectMany(node => node.Delta!.Tombstones).Select(tombstone => (tombstone.Key, tombstone.Id)).ToHashSet();
        var result = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var live = from node in counting
                   from element in node.Delta!.Elements
                   where !dead.Contains((element.Key, node.Id.ToBlockKey())) && judge.OfElement(element) == QuarantineReason.None
                   select (element.Key, Height: Height(node.Id), Value: Convert.ToHexString(element.Value.Span));
        foreach (var group in live.GroupBy(element => element.Key))
            result[group.Key] = group.OrderByDescending(element => element.Height).ThenByDescending(element => element.Value, StringComparer.Ordinal).First().Value;
        return result;
    }
}
