using System.Buffers;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protobuf;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>
/// <c>CRDTBroadcast { repeated Head Heads = 1 { bytes Cid = 1; [newer: string DagName = 2] } }</c>, or a bare CID, as it once was. The original takes
/// any unknown field at the top for the old form and drops the message: none is ever written here.
/// </summary>
internal static class HeadsCodec
{
    private const int Heads = 1;
    private const int HeadCid = 1;

    public static byte[] Encode(IReadOnlyList<NodeId> heads)
    {
        var output = new ArrayBufferWriter<byte>();
        var part = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        foreach (var head in heads)
        {
            part.ResetWrittenCount();
            new ProtoWriter(part).WriteBytes(HeadCid, head.ToCid().Bytes.Span);
            writer.WriteMessage(Heads, part);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Null: not a broadcast, or one with more heads than allowed. Heads that cannot be nodes are left out.</summary>
    public static IReadOnlyList<NodeId>? Decode(ReadOnlySpan<byte> message, int most)
    {
        if (Cid.TryDecode(message, out var bare))
            return NodeId.TryFrom(bare, out var only) ? [only] : [];
        var heads = new List<NodeId>();
        var count = 0;
        var reader = new ProtoReader(message);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field != Heads || type != WireType.Bytes)
                reader.TrySkip(type);
            else if (reader.TryReadBytes(out var head) && (++count > most || !TryReadHead(head, heads)))
                reader.Fail();
        }

        return reader.Failed ? null : heads;
    }

    private static bool TryReadHead(ReadOnlySpan<byte> head, List<NodeId> heads)
    {
        var reader = new ProtoReader(head);
        ReadOnlySpan<byte> bytes = default;
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == HeadCid && type == WireType.Bytes)
                reader.TryReadBytes(out bytes);
            else
                reader.TrySkip(type);
        }

        if (reader.Failed || !Cid.TryDecode(bytes, out var cid))
            return false;
        if (NodeId.TryFrom(cid, out var id) && !heads.Contains(id))
            heads.Add(id);
        return true;
    }
}
