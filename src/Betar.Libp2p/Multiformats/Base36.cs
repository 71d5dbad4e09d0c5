using System.Diagnostics.CodeAnalysis;

namespace Betar.Libp2p.Multiformats;

/// <summary>Base36, lower case, as CIDs of keys in host names use it. Costs the square of the length, so callers bound it.</summary>
internal static class Base36
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> data)
    {
        var zeros = data.IndexOfAnyExcept((byte)0) is var first && first < 0 ? data.Length : first;
        var digits = new List<byte>();
        foreach (var value in data[zeros..])
        {
            MultiplyAdd(digits, 256, 36, value);
        }

        digits.Reverse();
        return new string('0', zeros) + string.Concat(digits.Select(digit => Alphabet[digit]));
    }

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        var zeros = text.IndexOfAnyExcept('0') is var first && first < 0 ? text.Length : first;
        var bytes = new List<byte>();
        foreach (var character in text[zeros..])
        {
            var digit = Alphabet.IndexOf(char.ToLowerInvariant(character), StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            MultiplyAdd(bytes, 36, 256, digit);
        }

        bytes.Reverse();
        data = [.. new byte[zeros], .. bytes];
        return true;
    }

    // number = number * factor + addend; digits of the radix, least significant first.
    private static void MultiplyAdd(List<byte> digits, int factor, int radix, int addend)
    {
        var carry = addend;
        for (var i = 0; i < digits.Count; i++)
        {
            carry += digits[i] * factor;
            digits[i] = (byte)(carry % radix);
            carry /= radix;
        }

        for (; carry > 0; carry /= radix)
        {
            digits.Add((byte)(carry % radix));
        }
    }
}
