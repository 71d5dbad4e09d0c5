using System.Buffers.Binary;
using System.Text;

namespace Betar.Ethereum.Devnet;

/// <summary>Builds one framed record. Reused from block to block.</summary>
internal sealed class RecordWriter
{
    byte[] _buffer = new byte[64 * 1024];
    int _length;

    internal void Begin(RecordKind kind)
    {
        _length = RecordFrame.HeaderSize;
        Add((byte)kind);
    }

    internal void Add(byte value) => Take(1)[0] = value;

    internal void Add(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);

    internal void Add(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(sizeof(ulong)), value);

    internal void Add(Address value) => value.CopyTo(Take(Address.Size));

    internal void Add(Hash32 value) => value.CopyTo(Take(Hash32.Size));

    internal void Add(ReadOnlySpan<byte> value)
    {
        Add((uint)value.Length);
        value.CopyTo(Take(value.Length));
    }

    internal void Add(string value) => Add(Encoding.UTF8.GetBytes(value));

    internal ReadOnlySpan<byte> End()
    {
        var record = _buffer.AsSpan(0, _length);
        RecordFrame.WriteHeader(record);
        return record;
    }

    Span<byte> Take(int size)
    {
        if (_buffer.Length - _length < size)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + size));
        var span = _buffer.AsSpan(_length, size);
        _length += size;
        return span;
    }
}
