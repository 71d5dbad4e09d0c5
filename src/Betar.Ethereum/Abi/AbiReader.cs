using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Betar.Ethereum;

/// <summary>
/// Reads call data or return data of the contract ABI. Total: foreign bytes give false, never an exception.
/// As Solidity does, words that do not fit their type are refused and bytes after the arguments are ignored.
/// </summary>
internal ref struct AbiReader
{
    readonly ReadOnlySpan<byte> _data;
    int _at;

    internal AbiReader(ReadOnlySpan<byte> data) => _data = data;

    internal static bool TryReadSelector(ReadOnlySpan<byte> data, out uint selector) =>
        BinaryPrimitives.TryReadUInt32BigEndian(data, out selector);

    internal static bool TryOpenCall(ReadOnlySpan<byte> data, uint selector, out AbiReader reader)
    {
        reader = default;
        if (!TryReadSelector(data, out var actual) || actual != selector)
            return false;
        reader = new AbiReader(data[AbiWriter.SelectorSize..]);
        return true;
    }

    internal bool TryReadWord(out ReadOnlySpan<byte> word)
    {
        word = default;
        if (_data.Length - _at < AbiWriter.WordSize)
            return false;
        word = _data.Slice(_at, AbiWriter.WordSize);
        _at += AbiWriter.WordSize;
        return true;
    }

    internal bool TryReadUInt256(out UInt256 value)
    {
        value = default;
        if (!TryReadWord(out var word))
            return false;
        value = UInt256.ReadBigEndian(word);
        return true;
    }

    internal bool TryReadUInt64(out ulong value)
    {
        value = 0;
        return TryReadUInt256(out var wide) && wide.TryToUInt64(out value);
    }

    internal bool TryReadByte(out byte value)
    {
        var read = TryReadUInt64(out var wide) && wide <= byte.MaxValue;
        value = read ? (byte)wide : (byte)0;
        return read;
    }

    internal bool TryReadBool(out bool value)
    {
        var read = TryReadUInt64(out var wide) && wide <= 1;
        value = read && wide == 1;
        return read;
    }

    internal bool TryReadHash32(out Hash32 value)
    {
        value = default;
        if (!TryReadWord(out var word))
            return false;
        value = new Hash32(word);
        return true;
    }

    internal bool TryReadAddress(out Address value)
    {
        value = default;
        if (!TryReadWord(out var word) || word[..(AbiWriter.WordSize - Address.Size)].ContainsAnyExcept((byte)0))
            return false;
        value = new Address(word[(AbiWriter.WordSize - Address.Size)..]);
        return true;
    }

    internal bool TryReadBytes(int maxBytes, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryReadUInt64(out var offset) || offset > (ulong)_data.Length)
            return false;
        var tail = new AbiReader(_data[(int)offset..]);
        if (!tail.TryReadUInt64(out var length) || length > (ulong)maxBytes || length > (ulong)(tail._data.Length - tail._at))
            return false;
        value = tail._data.Slice(tail._at, (int)length);
        return true;
    }

    /// <summary>Refuses bytes that are no UTF-8.</summary>
    internal bool TryReadString(int maxBytes, out string value)
    {
        value = "";
        if (!TryReadBytes(maxBytes, out var bytes) || !Utf8.IsValid(bytes))
            return false;
        value = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
