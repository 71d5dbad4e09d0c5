using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Betar.Libp2p.Protobuf;

namespace Betar.Blocks.Dag;

/// <summary>The message inside a node of a file: its type, bytes of the file, and how many bytes of the file are behind it and behind each link.</summary>
/// <param name="Data">Null: there is none. A file without a byte has none.</param>
/// <param name="FileSize">Null: not said.</param>
public sealed record UnixFsMessage(UnixFsType Type, ReadOnlyMemory<byte>? Data, ulong? FileSize, IReadOnlyList<ulong> BlockSizes)
{
    private const int TypeField = 1;
    private const int DataField = 2;
    private const int FileSizeField = 3;
    private const int BlockSizesField = 4;

    public byte[] Encode()
    {
        var output = new ArrayBufferWriter<byte>((Data?.Length ?? 0) + 32 + (BlockSizes.Count * 6));
        var writer = new ProtoWriter(output);
        writer.WriteVarint(TypeField, (ulong)Type);
        if (Data is { } data)
            writer.WriteBytes(DataField, data.Span);
        if (FileSize is { } size)
            writer.WriteVarint(FileSizeField, size);
        foreach (var block in BlockSizes)
            writer.WriteVarint(BlockSizesField, block);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Fields that we have no use for are skipped; of one that is repeated the last counts; sizes may be packed.</summary>
    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out UnixFsMessage? message, int maxSizes = DagPb.DefaultMaxLinks)
    {
        message = null;
        ulong? kind = null;
        ulong? fileSize = null;
        ReadOnlyMemory<byte>? data = null;
        var sizes = new List<ulong>();
        var reader = new ProtoReader(bytes.Span);
        while (reader.TryReadTag(out var field, out var type))
        {
            switch (field, type)
            {
                case (TypeField, WireType.Varint) when reader.TryReadVarint(out var number):
                    kind = number;
                    break;
                case (DataField, WireType.Bytes) when reader.TryReadBytes(out var part):
                    data = DagPb.Slice(bytes, part);
                    break;
                case (FileSizeField, WireType.Varint) when reader.TryReadVarint(out var number):
                    fileSize = number;
                    break;
                case (BlockSizesField, WireType.Varint) when reader.TryReadVarint(out var number) && sizes.Count < maxSizes:
                    sizes.Add(number);
                    break;
                case (BlockSizesField, WireType.Bytes) when reader.TryReadBytes(out var packed) && TryUnpack(packed, sizes, maxSizes):
                    break;
                case (>= TypeField and <= BlockSizesField, _):
                    return false;
                default:
                    reader.TrySkip(type);
                    break;
            }
        }

        if (reader.Failed || kind is null or > (ulong)UnixFsType.HamtShard)
            return false;
        message = new UnixFsMessage((UnixFsType)kind, data, fileSize, sizes);
        return true;
    }

    private static bool TryUnpack(ReadOnlySpan<byte> packed, List<ulong> sizes, int maxSizes)
    {
        var reader = new ProtoReader(packed);
        while (!reader.End)
        {
            if (sizes.Count == maxSizes || !reader.TryReadVarint(out var number))
                return false;
            sizes.Add(number);
        }

        return !reader.Failed;
    }
}
