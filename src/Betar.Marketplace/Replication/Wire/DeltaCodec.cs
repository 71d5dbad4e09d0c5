using System.Buffers;
using Betar.Libp2p.Protobuf;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>
/// <c>Delta { repeated Element elements = 1; repeated Element tombstones = 2; uint64 priority = 3; [newer: string dagName = 4] }</c>,
/// <c>Element { string key = 1; string id = 2; bytes value = 3 }</c>.
/// </summary>
internal static class DeltaCodec
{
    /// <summary>Elements and tombstones in one delta; more are not read at all.</summary>
    public const int MostParts = 65_536;

    private const int Elements = 1;
    private const int Tombstones = 2;
    private const int Priority = 3;
    private const int Key = 1;
    private const int Id = 2;
    private const int Value = 3;

    public static byte[] Encode(Delta delta)
    {
        var output = new ArrayBufferWriter<byte>();
        var part = new ArrayBufferWriter<byte>();
        var writer = new ProtoWriter(output);
        foreach (var element in delta.Elements)
            writer.WriteMessage(Elements, Encode(element, part));
        foreach (var tombstone in delta.Tombstones)
            writer.WriteMessage(Tombstones, Encode(tombstone, part));
        if (delta.Priority != 0)
            writer.WriteVarint(Priority, delta.Priority);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Bytes that an element takes in a delta, at most.</summary>
    public static int SizeOf(string key, int value) => System.Text.Encoding.UTF8.GetByteCount(key) + value + 24;

    /// <summary>Null when these bytes are no delta. Values point into the bytes given.</summary>
    public static Delta? Decode(ReadOnlyMemory<byte> message)
    {
        var reader = new ProtoReader(message.Span);
        var (elements, tombstones) = (new List<DeltaElement>(), new List<DeltaElement>());
        ulong priority = 0;
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field is Elements or Tombstones && type == WireType.Bytes)
            {
                if (elements.Count + tombstones.Count == MostParts || !reader.TryReadBytes(out var part)
                    || !TryDecode(message, part, out var element))
                {
                    return null;
                }

                (field == Elements ? elements : tombstones).Add(element);
            }
            else if (field == Priority && type == WireType.Varint)
            {
                reader.TryReadVarint(out priority);
            }
            else
            {
                reader.TrySkip(type);
            }
        }

        return reader.Failed ? null : new Delta(elements, tombstones, priority);
    }

    private static ArrayBufferWriter<byte> Encode(DeltaElement element, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        var writer = new ProtoWriter(output);
        if (element.Key.Length > 0)
            writer.WriteString(Key, element.Key);
        if (element.Id.Length > 0)
            writer.WriteString(Id, element.Id);
        if (element.Value.Length > 0)
            writer.WriteBytes(Value, element.Value.Span);
        return output;
    }

    private static bool TryDecode(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part, out DeltaElement element)
    {
        var reader = new ProtoReader(part);
        var (key, id, value) = ("", "", ReadOnlyMemory<byte>.Empty);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (field == Key && type == WireType.Bytes)
                reader.TryReadString(part.Length, out key);
            else if (field == Id && type == WireType.Bytes)
                reader.TryReadString(part.Length, out id);
            else if (field == Value && type == WireType.Bytes && reader.TryReadBytes(out var bytes))
                value = Within(whole, bytes);
            else if (!reader.Failed && !(field == Value && type == WireType.Bytes))
                reader.TrySkip(type);
        }

        element = new DeltaElement(key, id, value);
        return !reader.Failed;
    }

    /// <summary>The same bytes as memory, without a copy.</summary>
    private static ReadOnlyMemory<byte> Within(ReadOnlyMemory<byte> whole, ReadOnlySpan<byte> part) =>
        part.IsEmpty || !whole.Span.Overlaps(part, out var offset) ? default : whole.Slice(offset, part.Length);
}
