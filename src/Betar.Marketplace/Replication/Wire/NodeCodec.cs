using Betar.Blocks.Dag;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>A delta and the heads that it stands on as one dag-pb node.</summary>
internal static class NodeCodec
{
    /// <summary>A node of the greatest size has no more.</summary>
    public const int MostLinks = 32_768;

    /// <param name="parents">In the order of their bytes.</param>
    /// <param name="delta">What changes.</param>
    public static byte[] Encode(IReadOnlyList<NodeId> parents, Delta delta) =>
        DagPb.Encode(new DagNode([.. parents.Select(parent => new DagLink(parent.ToCid()))], DeltaCodec.Encode(delta)));

    /// <summary>Total: whatever the bytes are, there is a node, perhaps one without links or without effect.</summary>
    public static ReplicaNode Decode(ReadOnlyMemory<byte> bytes) => Decode(NodeId.Of(bytes.Span), bytes);

    public static ReplicaNode Decode(NodeId id, ReadOnlyMemory<byte> bytes)
    {
        if (!DagPb.TryDecode(bytes, out var node, MostLinks))
            return new ReplicaNode(id, bytes, [], 0, null);

        // A link to what cannot be a node of the set is passed over: there is nothing to be had from it.
        var parents = new List<NodeId>();
        foreach (var link in node.Links)
        {
            if (NodeId.TryFrom(link.Cid, out var parent))
                parents.Add(parent);
        }

        return new ReplicaNode(id, bytes, [.. parents.Distinct()], node.Links.Count + node.DeadLinks, DeltaCodec.Decode(node.Data ?? default));
    }
}
