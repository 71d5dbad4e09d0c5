using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Betar.Ethereum;

/// <summary>
/// Reads values of any types. Total: foreign bytes give false. What is made of them is bounded too, for offsets may point many
/// lists at the same few bytes. As Solidity does, bytes after the values are ignored.
/// </summary>
public sealed class AbiDecoder
{
    /// <summary>Values, those within lists and tuples counted, that one call makes.</summary>
    public const int MaxValues = 16_384;

    /// <summary>Bytes of all texts and byte strings together.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    const int Word = AbiWriter.WordSize;

    int _values;
    int _bytes;

    AbiDecoder()
    {
    }

    public static bool TryDecode(IReadOnlyList<AbiType> types, ReadOnlySpan<byte> data, [NotNullWhen(true)] out object[]? values)
    {
        ArgumentNullException.ThrowIfNull(types);
        return new AbiDecoder().TryReadAll(types, types.Count, data, out values);
    }

    // Offsets count from where this sequence begins, which is where data begins.
    bool TryReadAll(IReadOnlyList<AbiType> types, int count, ReadOnlySpan<byte> data, [NotNullWhen(true)] out object[]? values)
    {
        values = null;
        _values += count;
        if (_values > MaxValues)
            return false;
        var read = new object[count];
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            var type = types[types.Count == 1 ? 0 : i];
            if (data.Length - at < type.HeadWords * Word)
                return false;
            var place = data[at..];
            if (type.IsDynamic)
            {
                if (!TryReadLength(place, data.Length, out var offset))
                    return false;
                place = data[offset..];
            }

            if (!TryRead(type, place, out read[i]))
                return false;
            at += type.HeadWords * Word;
        }

        values = read;
        return true;
    }

    bool TryRead(AbiType type, ReadOnlySpan<byte> data, out object value)
    {
        value = false;
        object[]? values;
        switch (type.Kind)
        {
            case AbiKind.Bytes or AbiKind.Text:
                return TryReadBytes(type, data, out value);
            case AbiKind.List:
                if (!TryReadLength(data, MaxValues, out var count) || !TryReadAll([type.Element!], count, data[Word..], out values))
                    return false;
                break;
            case AbiKind.FixedList:
                if (!TryReadAll([type.Element!], type.Size, data, out values))
                    return false;
                break;
            case AbiKind.Tuple:
                if (!TryReadAll(type.Components, type.Components.Count, data, out values))
                    return false;
                break;
            default:
                return AbiWord.TryRead(type, data[..Word], out value);
        }

        value = values;
        return true;
    }

    bool TryReadBytes(AbiType type, ReadOnlySpan<byte> data, out object value)
    {
        value = false;
        if (!TryReadLength(data, data.Length - Word, out var length))
            return false;
        var bytes = data.Slice(Word, length);
        if (length > MaxBytes - _bytes || (type.Kind == AbiKind.Text && !Utf8.IsValid(bytes)))
            return false;
        _bytes += length;
        value = type.Kind == AbiKind.Text ? Encoding.UTF8.GetString(bytes) : bytes.ToArray();
        return true;
    }

    static bool TryReadLength(ReadOnlySpan<byte> data, int max, out int length)
    {
        length = 0;
        if (data.Length < Word || !UInt256.ReadBigEndian(data[..Word]).TryToUInt64(out var wide) || wide > (ulong)Math.Max(0, max))
            return false;
        length = (int)wide;
        return true;
    }
}
