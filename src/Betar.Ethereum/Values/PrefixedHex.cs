using System.Buffers;

namespace Betar.Ethereum;

/// <summary>The "0x" convention of Ethereum's text formats over the framework's hex.</summary>
internal static class PrefixedHex
{
    const int StackChars = 256;

    internal static bool TryDecodeExactly(ReadOnlySpan<char> text, Span<byte> destination) =>
        text.Length == 2 + 2 * destination.Length
        && text[0] == '0'
        && text[1] == 'x'
        && Convert.FromHexString(text[2..], destination, out _, out _) == OperationStatus.Done;

    /// <summary>"0x" and an even number of digits, at most <paramref name="maxBytes"/> bytes.</summary>
    internal static bool TryDecode(ReadOnlySpan<char> text, int maxBytes, out byte[] bytes)
    {
        bytes = [];
        if (text.Length < 2 || (text.Length & 1) != 0 || (text.Length - 2) / 2 > maxBytes)
            return false;
        var result = new byte[(text.Length - 2) / 2];
        if (!TryDecodeExactly(text, result))
            return false;
        bytes = result;
        return true;
    }

    internal static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = 2 + 2 * bytes.Length;
        Span<char> text = length <= StackChars ? stackalloc char[length] : new char[length];
        text[0] = '0';
        text[1] = 'x';
        Convert.TryToHexStringLower(bytes, text[2..], out _);
        return new string(text);
    }
}
