using System.Diagnostics.CodeAnalysis;

namespace Betar.Crypto;

/// <summary>Base58 with Bitcoin's alphabet, as peer ids and did:key use it.</summary>
public static class Base58
{
    /// <summary>Decoding costs the square of the length, so longer text is refused.</summary>
    public const int MaxTextLength = 1024;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> data)
    {
        var zeros = data.IndexOfAnyExcept((byte)0);
        if (zeros < 0)
        {
            return new string(Alphabet[0], data.Length);
        }

        // log(256) / log(58) < 1.38 digits a byte.
        var digits = new byte[((data.Length - zeros) * 138 / 100) + 1];
        var used = 0;
        foreach (var value in data[zeros..])
        {
            used = MultiplyAdd(digits, used, 256, 58, value);
        }

        return string.Create(zeros + used, (digits, zeros, used), static (text, state) =>
        {
            text[..state.zeros].Fill(Alphabet[0]);
            for (var i = 0; i < state.used; i++)
            {
                text[state.zeros + i] = Alphabet[state.digits[state.used - 1 - i]];
            }
        });
    }

    public static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        if (text is null || text.Length > MaxTextLength)
        {
            return false;
        }

        var zeros = text.AsSpan().IndexOfAnyExcept(Alphabet[0]);
        if (zeros < 0)
        {
            data = new byte[text.Length];
            return true;
        }

        var bytes = new byte[text.Length];
        var used = 0;
        foreach (var character in text.AsSpan(zeros))
        {
            var digit = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            used = MultiplyAdd(bytes, used, 58, 256, digit);
        }

        data = new byte[zeros + used];
        for (var i = 0; i < used; i++)
        {
            data[zeros + i] = bytes[used - 1 - i];
        }

        return true;
    }

    // number = number * factor + addend, digits of the given radix, least significant first; returns the new count.
    private static int MultiplyAdd(Span<byte> digits, int used, int factor, int radix, int addend)
    {
        var carry = addend;
        for (var i = 0; i < used; i++)
        {
            carry += digits[i] * factor;
            digits[i] = (byte)(carry % radix);
            carry /= radix;
        }

        while (carry > 0)
        {
            digits[used++] = (byte)(carry % radix);
            carry /= radix;
        }

        return used;
    }
}
