using System.Buffers.Binary;
using System.Text;

namespace Betar.Ethereum;

/// <summary>Writes call data or return data of the contract ABI: a head of 32-byte words, then the dynamic parts.</summary>
internal sealed class AbiWriter
{
    internal const int WordSize = 32;
    internal const int SelectorSize = 4;

    readonly int _prefix;
    readonly int _headEnd;
    byte[] _buffer;
    int _head;
    int _end;

    AbiWriter(int prefix, int headWords)
    {
        _prefix = _head = prefix;
        _headEnd = _end = prefix + headWords * WordSize;
        _buffer = new byte[_headEnd];
    }

    /// <summary>Call data: a selector, then as many words of head.</summary>
    internal static AbiWriter Call(uint selector, int headWords)
    {
        var writer = new AbiWriter(SelectorSize, headWords);
        BinaryPrimitives.WriteUInt32BigEndian(writer._buffer, selector);
        return writer;
    }

    /// <summary>Return data: no selector.</summary>
    internal static AbiWriter Result(int headWords) => new(0, headWords);

    internal AbiWriter Add(Address value)
    {
        value.CopyTo(NextWord()[(WordSize - Address.Size)..]);
        return this;
    }

    internal AbiWriter Add(UInt256 value)
    {
        value.WriteBigEndian(NextWord());
        return this;
    }

    internal AbiWriter Add(ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(NextWord()[(WordSize - sizeof(ulong))..], value);
        return this;
    }

    internal AbiWriter Add(Hash32 value)
    {
        value.CopyTo(NextWord());
        return this;
    }

    /// <summary>A bytes32 as it stands.</summary>
    internal AbiWriter AddWord(ReadOnlySpan<byte> word)
    {
        word.CopyTo(NextWord());
        return this;
    }

    internal AbiWriter AddBytes(ReadOnlySpan<byte> value)
    {
        Add((ulong)(_end - _prefix));
        var padded = (value.Length + WordSize - 1) / WordSize * WordSize;
        var start = _end;
        _end += WordSize + padded;
        if (_buffer.Length < _end)
            Array.Resize(ref _buffer, _end);
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(start + WordSize - sizeof(int)), value.Length);
        value.CopyTo(_buffer.AsSpan(start + WordSize));
        return this;
    }

    internal AbiWriter AddString(string value) => AddBytes(Encoding.UTF8.GetBytes(value));

    internal byte[] ToArray() => _head != _headEnd
        ? throw new InvalidOperationException("The head is not complete.")
        : _buffer.Length == _end ? _buffer : _buffer[.._end];

    Span<byte> NextWord()
    {
        if (_head == _headEnd)
            throw new InvalidOperationException("The head is full.");
        var word = _buffer.AsSpan(_head, WordSize);
        _head += WordSize;
        return word;
    }
}
