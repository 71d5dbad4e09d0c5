using System.Buffers;
using Betar.Libp2p.Protobuf;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Syncing;

/// <summary>
/// Request: <c>{ uint64 version = 1; bytes epoch = 2; uint64 after = 3; repeated bytes heads = 4; uint64 max_bytes = 5 }</c>. Page:
/// <c>{ uint64 version = 1; bytes epoch = 2; uint64 last = 3; bool more = 4; repeated bytes nodes = 5 }</c>. Unknown fields are passed over, another
/// version is not.
/// </summary>
internal static class SyncCodec
{
    public const int MostHeads = 64;

    /// <summary>A request is no longer.</summary>
    public const int MaxRequestBytes = 4096;

    private const ulong Version = 1;
    private const int VersionField = 1;
    private const int EpochField = 2;
    private const int PlaceField = 3;
    private const int HeadsField = 4;
    private const int MoreField = 4;
    private const int MaxBytesField = 5;
    private const int NodesField = 5;
    private const int EpochLength = 16;

    public static byte[] Encode(SyncRequest request)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        WriteStart(writer, request.Epoch, request.After);
        foreach (var head in request.Heads.Take(MostHeads))
            writer.WriteBytes(HeadsField, head.ToBytes());
        writer.WriteVarint(MaxBytesField, (ulong)request.MaxBytes);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Encode(SyncPage page)
    {
        var output = new ArrayBufferWriter<byte>(64 + page.Nodes.Sum(node => node.Length + 8));
        var writer = new ProtoWriter(output);
        WriteStart(writer, page.Epoch, page.Last);
        writer.WriteVarint(MoreField, page.HasMore ? 1UL : 0);
        foreach (var node in page.Nodes)
            writer.WriteBytes(NodesField, node.Span);
        return output.WrittenSpan.ToArray();
    }

    public static SyncRequest? DecodeRequest(ReadOnlySpan<byte> message)
    {
        if (message.Length > MaxRequestBytes)
            return null;
        var reader = new ProtoReader(message);
        ulong version = 0;
        ulong maxBytes = 0;
        var (epoch, after) = (Guid.Empty, 0L);
        var heads = new List<NodeId>();
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == HeadsField && type == WireType.Bytes)
            {
                if (!reader.TryReadBytes(out var head) || head.Length != NodeId.Length || heads.Count == MostHeads)
                    return null;
                heads.Add(NodeId.Read(head));
            }
            else if (field == MaxBytesField && type == WireType.Varint)
            {
                reader.TryReadVarint(out maxBytes);
            }
            else if (!TryReadStart(ref reader, field, type, ref version, ref epoch, ref after))
            {
                return null;
            }
        }

        return reader.Failed || version != Version || maxBytes is 0 or > int.MaxValue ? null : new SyncRequest(epoch, after, heads, (int)maxBytes);
    }

    /// <summary>Null: not a page. The nodes point into the bytes given.</summary>
    public static SyncPage? DecodePage(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtoReader(message.Span);
        ulong version = 0;
        ulong more = 0;
        var (epoch, last) = (Guid.Empty, 0L);
        var nodes = new List<ReadOnlyMemory<byte>>();
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == NodesField && type == WireType.Bytes)
            {
                // A node has at least a tag and a length.
                if (!reader.TryReadBytes(out var node) || node.Length < 2 || !message.Span.Overlaps(node, out var offset))
                    return null;
                nodes.Add(message.Slice(offset, node.Length));
            }
            else if (field == MoreField && type == WireType.Varint)
            {
                reader.TryReadVarint(out more);
            }
            else if (!TryReadStart(ref reader, field, type, ref version, ref epoch, ref last))
            {
                return null;
            }
        }

        return reader.Failed || version != Version || more > 1 ? null : new SyncPage(epoch, last, more == 1, nodes);
    }

    private static void WriteStart(ProtoWriter writer, Guid epoch, long place)
    {
        writer.WriteVarint(VersionField, Version);
        writer.WriteBytes(EpochField, epoch.ToByteArray(bigEndian: true));
        writer.WriteVarint(PlaceField, (ulong)place);
    }

    private static bool TryReadStart(ref ProtoReader reader, int field, WireType type, ref ulong version, ref Guid epoch, ref long place)
    {
        if (field == VersionField && type == WireType.Varint)
            return reader.TryReadVarint(out version);
        if (field == PlaceField && type == WireType.Varint)
        {
            var read = reader.TryReadVarint(out var value) && value <= long.MaxValue;
            place = read ? (long)value : 0;
            return read;
        }

        if (field != EpochField || type != WireType.Bytes)
            return reader.TrySkip(type);
        if (!reader.TryReadBytes(out var bytes) || bytes.Length != EpochLength)
            return false;
        epoch = new Guid(bytes, bigEndian: true);
        return true;
    }
}
