using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>What several writers might have written, each knowing only some of the others' nodes; some lie about their height, some tombstone at random.</summary>
internal static class RandomGraph
{
    public static List<ReplicaNode> Make(Random random, int count, bool withLiars = true)
    {
        var nodes = new List<ReplicaNode>();
        for (var i = 0; i < count; i++)
        {
            var parents = Pick(random, nodes, random.Next(4));
            var honest = 1 + parents.Select(parent => parent.Priority).DefaultIfEmpty().Max();
            var priority = withLiars && random.Next(12) == 0 ? (ulong)random.NextInt64() : honest;
            var puts = Enumerable.Range(0, random.Next(3)).Select(_ => (Forge.Key("k" + random.Next(5)), "v" + random.Next(4))).ToList();
            var tombstones = Pick(random, nodes, random.Next(2)).SelectMany(node => node.Delta!.Elements.Select(element => (element.Key, node.Id))).ToList();
            var node = Forge.Node(unchecked(priority), parents.Select(parent => parent.Id), puts, tombstones);
            if (nodes.TrueForAll(other => other.Id != node.Id))
                nodes.Add(node);
        }

        return nodes;
    }

    private static List<ReplicaNode> Pick(Random random, List<ReplicaNode> nodes, int count) =>
        [.. Enumerable.Range(0, nodes.Count == 0 ? 0 : count).Select(_ => nodes[random.Next(nodes.Count)]).DistinctBy(node => node.Id)];
}
