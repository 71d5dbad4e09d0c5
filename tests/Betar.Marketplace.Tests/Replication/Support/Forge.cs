using System.Text;
using Betar.Blocks;
using Betar.Marketplace.Replication.Sets;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Nodes made by hand, honest and otherwise.</summary>
internal static class Forge
{
    public static readonly DateTimeOffset Then = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static string Key(string name) => "/agents/" + name;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    public static ReplicaNode Node(ulong priority, IEnumerable<NodeId> parents, IEnumerable<(string Key, string Value)>? puts = null, IEnumerable<(string Key, NodeId Node)>? tombstones = null) =>
        NodeCodec.Decode(NodeCodec.Encode([.. parents.Order()], new Delta(
            [.. (puts ?? []).Select(put => DeltaElement.Put(put.Key, Bytes(put.Value)))],
            [.. (tombstones ?? []).Select(tombstone => DeltaElement.Tombstone(tombstone.Key, tombstone.Node))], priority)));

    public static ReplicaNode Put(string name, string value, params ReplicaNode[] parents) =>
        Node(1 + parents.Select(parent => parent.Priority).DefaultIfEmpty().Max(), parents.Select(parent => parent.Id), [(Key(name), value)]);

    public static ReplicaNode Delete(string name, ReplicaNode[] victims, params ReplicaNode[] parents) =>
        Node(1 + parents.Select(parent => parent.Priority).DefaultIfEmpty().Max(), parents.Select(parent => parent.Id), null, victims.Select(victim => (Key(name), victim.Id)));

    /// <summary>A chain of single writes, oldest first.</summary>
    public static List<ReplicaNode> Chain(int length, Func<int, string>? name = null)
    {
        var chain = new List<ReplicaNode>();
        for (var i = 0; i < length; i++)
            chain.Add(Put(name?.Invoke(i) ?? $"k{i}", $"v{i}", chain.Count == 0 ? [] : [chain[^1]]));
        return chain;
    }

    public static Block Block(this ReplicaNode node) => new(node.Id.ToCid(), node.Data);

    public static KnownNode Known(this ReplicaNode node, bool own = false) => new(node, new NodeOrigin(null, own, Then));
}
