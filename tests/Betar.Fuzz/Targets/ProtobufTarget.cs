using System.Buffers;
using Betar.Libp2p.Protobuf;

namespace Betar.Fuzz.Targets;

/// <summary>The reader's walk over any message: what was read, written again, reads the same.</summary>
internal sealed class ProtobufTarget : IFuzzTarget
{
    public string Name => "protobuf";

    public bool Take(byte[] input)
    {
        var first = new ArrayBufferWriter<byte>();
        if (!Copy(input, first))
            return false;
        var second = new ArrayBufferWriter<byte>();
        FuzzException.Unless(Copy(first.WrittenSpan, second) && first.WrittenSpan.SequenceEqual(second.WrittenSpan), "the copy reads otherwise");
        FuzzException.Unless(first.WrittenCount <= input.Length, "the copy is longer");
        return true;
    }

    private static bool Copy(ReadOnlySpan<byte> message, ArrayBufferWriter<byte> copy)
    {
        var reader = new ProtoReader(message);
        var writer = new ProtoWriter(copy);
        while (reader.TryReadTag(out var field, out var type))
        {
            if (type == WireType.Varint && reader.TryReadVarint(out var value))
                writer.WriteVarint(field, value);
            else if (type == WireType.Bytes && reader.TryReadBytes(out var bytes))
                writer.WriteBytes(field, bytes);
            else if (type is not (WireType.Varint or WireType.Bytes))
                reader.TrySkip(type);
        }

        return !reader.Failed;
    }
}
