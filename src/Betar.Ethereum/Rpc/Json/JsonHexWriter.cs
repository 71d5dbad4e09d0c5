using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Betar.Ethereum;

/// <summary>Writes Ethereum's hex texts into JSON.</summary>
internal static class JsonHexWriter
{
    const int StackBytes = 512;

    internal static void WriteHexValue(this Utf8JsonWriter writer, ReadOnlySpan<byte> data)
    {
        var length = 2 + 2 * data.Length;
        byte[]? rented = null;
        var text = length <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(length);
        text[0] = (byte)'0';
        text[1] = (byte)'x';
        Convert.TryToHexStringLower(data, text[2..], out _);
        writer.WriteStringValue(text[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    internal static void WriteHexValue(this Utf8JsonWriter writer, Hash32 value)
    {
        Span<byte> bytes = stackalloc byte[Hash32.Size];
        value.CopyTo(bytes);
        writer.WriteHexValue(bytes);
    }

    internal static void WriteHexValue(this Utf8JsonWriter writer, Address value)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        value.CopyTo(bytes);
        writer.WriteHexValue(bytes);
    }

    internal static void WriteQuantityValue(this Utf8JsonWriter writer, ulong value)
    {
        Span<byte> text = stackalloc byte[18];
        text[0] = (byte)'0';
        text[1] = (byte)'x';
        value.TryFormat(text[2..], out var digits, "x", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..(2 + digits)]);
    }

    internal static void WriteQuantityValue(this Utf8JsonWriter writer, UInt256 value)
    {
        if (value.TryToUInt64(out var small))
        {
            writer.WriteQuantityValue(small);
            return;
        }

        Span<byte> bytes = stackalloc byte[UInt256.Size];
        value.WriteBigEndian(bytes);
        Span<byte> text = stackalloc byte[2 * UInt256.Size];
        Convert.TryToHexStringLower(bytes, text, out _);
        var digits = text[text.IndexOfAnyExcept((byte)'0')..];
        Span<byte> prefixed = stackalloc byte[2 + digits.Length];
        "0x"u8.CopyTo(prefixed);
        digits.CopyTo(prefixed[2..]);
        writer.WriteStringValue(prefixed);
    }

    internal static void WriteHex(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        writer.WritePropertyName(name);
        writer.WriteHexValue(data);
    }

    internal static void WriteHex(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Hash32 value)
    {
        writer.WritePropertyName(name);
        writer.WriteHexValue(value);
    }

    internal static void WriteHex(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, Address? value)
    {
        writer.WritePropertyName(name);
        if (value is { } address)
            writer.WriteHexValue(address);
        else
            writer.WriteNullValue();
    }

    internal static void WriteQuantity(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ulong value)
    {
        writer.WritePropertyName(name);
        writer.WriteQuantityValue(value);
    }

    internal static void WriteQuantity(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, UInt256 value)
    {
        writer.WritePropertyName(name);
        writer.WriteQuantityValue(value);
    }
}
