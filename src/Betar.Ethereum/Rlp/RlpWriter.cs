using System.Buffers.Binary;

namespace Betar.Ethereum;

/// <summary>Writes canonical RLP. A list's header is put in front once its content is known.</summary>
internal sealed class RlpWriter
{
    internal const byte StringBase = 0x80;
    internal const byte ListBase = 0xc0;
    internal const int MaxShortLength = 55;

    byte[] _buffer;
    int _length;

    internal RlpWriter(int capacity = 512) => _buffer = new byte[capacity];

    internal ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    internal byte[] ToArray() => WrittenSpan.ToArray();

    /// <summary>A byte outside RLP, such as a transaction's type.</summary>
    internal void WriteRaw(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    internal void Write(ReadOnlySpan<byte> value)
    {
        if (value.Length == 1 && value[0] < StringBase)
        {
            WriteRaw(value[0]);
            return;
        }

        WriteHeader(StringBase, value.Length);
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    internal void Write(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        Write(WithoutLeadingZeros(bytes));
    }

    internal void Write(UInt256 value)
    {
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        Write(WithoutLeadingZeros(bytes));
    }

    internal void Write(Address value)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        value.CopyTo(bytes);
        Write(bytes);
    }

    internal void Write(Hash32 value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        value.CopyTo(bytes);
        Write(bytes);
    }

    /// <summary>Everything written until <see cref="EndList"/> with the returned mark belongs to the list.</summary>
    internal int BeginList() => _length;

    internal void EndList(int mark)
    {
        var content = _length - mark;
        var header = content <= MaxShortLength ? 1 : 1 + LengthOfLength(content);
        Reserve(header);
        _buffer.AsSpan(mark, content).CopyTo(_buffer.AsSpan(mark + header));
        _length = mark;
        WriteHeader(ListBase, content);
        _length += content;
    }

    static ReadOnlySpan<byte> WithoutLeadingZeros(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyExcept((byte)0);
        return first < 0 ? [] : bytes[first..];
    }

    static int LengthOfLength(int length) => length switch
    {
        <= 0xff => 1,
        <= 0xffff => 2,
        <= 0xffffff => 3,
        _ => 4,
    };

    void WriteHeader(byte offset, int length)
    {
        if (length <= MaxShortLength)
        {
            WriteRaw((byte)(offset + length));
            return;
        }

        var size = LengthOfLength(length);
        WriteRaw((byte)(offset + MaxShortLength + size));
        for (var shift = 8 * (size - 1); shift >= 0; shift -= 8)
            WriteRaw((byte)(length >> shift));
    }

    void Reserve(int extra)
    {
        if (_buffer.Length - _length < extra)
            Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _length + extra));
    }
}
