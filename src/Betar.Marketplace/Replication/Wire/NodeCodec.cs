using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>A delta and the heads that it stands on as one dag-pb node: links first, each with an empty name and no size, then the data.</summary>
internal static class NodeCodec
{
    /// <summary>A node of the greatest size has no more.</summary>
    public const int MostLinks = 32_768;

    private const int Data = 1;
    private const int Links = 2;
    private const int LinkHash = 1;
    private const int LinkName = 2;
    private const int LinkSize = 3;

    /// <param name="parents">In the order of their bytes.</param>
    /// <param name="delta">What changes.</param>
    public static byte[] Encode(IReadOnlyList<NodeId> parents, Delta delta)
    {
        var output = new ArrayBufferWriter<byte>();
        var part = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        foreach (var parent in parents)
        {
            part.ResetWrittenCount();
            var link = new ProtoWriter(part);
            link.WriteBytes(LinkHash, parent.ToCid().Bytes.Span);
            link.WriteString(LinkName, "");
            link.WriteVarint(LinkSize, 0);
            writer.WriteMessage(Links, part);
        }

        writer.WriteBytes(Data, DeltaCodec.Encode(delta));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Total: whatever the bytes are, there is a node, perhaps one without links or without effect.</summary>
    public static ReplicaNode Decode(ReadOnlyMemory<byte> bytes) => Decode(NodeId.Of(bytes.Span), bytes);

    public static ReplicaNode Decode(NodeId id, ReadOnlyMemory<byte> bytes)
    {
        var reader = new ProtoReader(bytes.Span);
        var links = new List<NodeId>();
        var linkCount = 0;
        ReadOnlySpan<byte> data = default;
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == Data && type == WireType.Bytes)
                reader.TryReadBytes(out data);
            else if (field != Links || type != WireType.Bytes || !reader.TryReadBytes(out var link) || ++linkCount > MostLinks || !TryReadLink(link, links))
                reader.Fail();
        }

        if (reader.Failed)
            return new ReplicaNode(id, bytes, [], 0, null);
        bytes.Span.Overlaps(data, out var offset);
        var delta = DeltaCodec.Decode(data.IsEmpty ? default : bytes.Slice(offset, data.Length));
        return new ReplicaNode(id, bytes, [.. links.Distinct()], linkCount, delta);
    }

    /// <summary>A link to what cannot be a node of the set is passed over: there is nothing to be had from it.</summary>
    private static bool TryReadLink(ReadOnlySpan<byte> link, List<NodeId> links)
    {
        var reader = new ProtoReader(link);
        ReadOnlySpan<byte> hash = default;
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == LinkHash && type == WireType.Bytes)
                reader.TryReadBytes(out hash);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed || !Cid.TryDecode(hash, out var cid))
            return false;
        if (NodeId.TryFrom(cid, out var id))
            links.Add(id);
        return true;
    }
}
