namespace Betar.Ethereum;

/// <summary>
/// Reads canonical RLP from foreign bytes. Total and bounded: every fault is false, nothing is allocated, and the work is one pass.
/// Non-canonical forms (a longer header than needed, leading zeros in an integer) are refused, so that a value has one encoding.
/// </summary>
internal ref struct RlpReader(ReadOnlySpan<byte> data)
{
    const int MaxLengthBytes = 4;

    ReadOnlySpan<byte> _rest = data;

    internal readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>True when the next item is a list; false for a string and at the end.</summary>
    internal readonly bool IsList => !_rest.IsEmpty && _rest[0] >= RlpWriter.ListBase;

    internal bool TryReadString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (_rest.IsEmpty || _rest[0] >= RlpWriter.ListBase)
            return false;
        if (_rest[0] < RlpWriter.StringBase)
        {
            value = _rest[..1];
            _rest = _rest[1..];
            return true;
        }

        if (!TryTake(RlpWriter.StringBase, out value, out var rest) || (value.Length == 1 && value[0] < RlpWriter.StringBase))
            return false;
        _rest = rest;
        return true;
    }

    internal bool TryReadList(out RlpReader list)
    {
        list = default;
        if (!IsList || !TryTake(RlpWriter.ListBase, out var content, out var rest))
            return false;
        list = new RlpReader(content);
        _rest = rest;
        return true;
    }

    internal bool TryReadUInt256(out UInt256 value)
    {
        value = default;
        if (!TryReadString(out var bytes) || bytes.Length > UInt256.Size || (!bytes.IsEmpty && bytes[0] == 0))
            return false;
        value = UInt256.ReadBigEndian(bytes);
        return true;
    }

    internal bool TryReadUInt64(out ulong value)
    {
        value = 0;
        return TryReadUInt256(out var wide) && wide.TryToUInt64(out value);
    }

    readonly bool TryTake(byte offset, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> rest)
    {
        content = rest = default;
        var code = _rest[0] - offset;
        var header = 1;
        long length = code;
        if (code > RlpWriter.MaxShortLength)
        {
            var size = code - RlpWriter.MaxShortLength;
            if (size > MaxLengthBytes || _rest.Length < 1 + size || _rest[1] == 0)
                return false;
            length = 0;
            foreach (var b in _rest.Slice(1, size))
                length = length << 8 | b;
            if (length <= RlpWriter.MaxShortLength)
                return false;
            header += size;
        }

        if (length > _rest.Length - header)
            return false;
        content = _rest.Slice(header, (int)length);
        rest = _rest[(header + (int)length)..];
        return true;
    }
}
