using System.Buffers;
using System.Text;

namespace Betar.Libp2p.Protobuf;

/// <summary>Writes protobuf fields in exactly the order of the calls, default values included: signed and hashed messages depend on it.</summary>
public readonly struct ProtoWriter(IBufferWriter<byte> output)
{
    private const int MaxVarintLength = 10;

    public void WriteVarint(int field, ulong value)
    {
        WriteTag(field, WireType.Varint);
        WriteRaw(value);
    }

    public void WriteBytes(int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(field, WireType.Bytes);
        WriteRaw((ulong)bytes.Length);
        output.Write(bytes);
    }

    public void WriteString(int field, string text)
    {
        WriteTag(field, WireType.Bytes);
        WriteRaw((ulong)Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, output);
    }

    /// <summary>A message that was written by itself; the caller reuses the buffer.</summary>
    public void WriteMessage(int field, ArrayBufferWriter<byte> message) => WriteBytes(field, message.WrittenSpan);

    private void WriteTag(int field, WireType type) => WriteRaw(((ulong)field << 3) | (ulong)type);

    private void WriteRaw(ulong value)
    {
        var span = output.GetSpan(MaxVarintLength);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        output.Advance(length);
    }
}
