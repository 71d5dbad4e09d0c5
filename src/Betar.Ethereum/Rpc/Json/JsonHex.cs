using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>Reads Ethereum's hex texts out of foreign JSON, without strings in between. Every fault is false.</summary>
internal static class JsonHex
{
    /// <summary>Compares a name or text as it stands. (The framework's comparison throws on escapes that are half a character.)</summary>
    internal static bool IsText(this ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(text);

    /// <summary>"0x" and 1 to 64 digits; nodes differ on leading zeros, so they are let pass.</summary>
    internal static bool TryGetUInt256(this ref Utf8JsonReader reader, out UInt256 value)
    {
        value = default;
        if (!TryGetDigits(ref reader, out var digits) || digits.Length is 0 or > 2 * UInt256.Size)
            return false;
        Span<byte> padded = stackalloc byte[2 * UInt256.Size];
        padded.Fill((byte)'0');
        digits.CopyTo(padded[(padded.Length - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        if (!TryDecode(padded, bytes))
            return false;
        value = UInt256.ReadBigEndian(bytes);
        return true;
    }

    internal static bool TryGetQuantity(this ref Utf8JsonReader reader, out ulong value)
    {
        value = 0;
        return TryGetDigits(ref reader, out var digits)
            && digits.Length is > 0 and <= 16
            && ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    internal static bool TryGetHash32(this ref Utf8JsonReader reader, out Hash32 value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        if (!TryGetDigits(ref reader, out var digits) || !TryDecode(digits, bytes))
            return false;
        value = new Hash32(bytes);
        return true;
    }

    /// <summary>Any letter case: the checksum guards what people type, not what programs send.</summary>
    internal static bool TryGetAddress(this ref Utf8JsonReader reader, out Address value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Address.Size];
        if (!TryGetDigits(ref reader, out var digits) || !TryDecode(digits, bytes))
            return false;
        value = new Address(bytes);
        return true;
    }

    internal static bool TryGetData(this ref Utf8JsonReader reader, int maxBytes, out byte[] value)
    {
        value = [];
        if (!TryGetDigits(ref reader, out var digits) || (digits.Length & 1) != 0 || digits.Length / 2 > maxBytes)
            return false;
        var bytes = new byte[digits.Length / 2];
        if (!TryDecode(digits, bytes))
            return false;
        value = bytes;
        return true;
    }

    static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> destination) =>
        digits.Length == 2 * destination.Length
        && Convert.FromHexString(digits, destination, out _, out _) == OperationStatus.Done;

    static bool TryGetDigits(ref Utf8JsonReader reader, out ReadOnlySpan<byte> digits)
    {
        digits = default;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence)
            return false;
        var text = reader.ValueSpan;
        if (!text.StartsWith("0x"u8))
            return false;
        digits = text[2..];
        return true;
    }
}
