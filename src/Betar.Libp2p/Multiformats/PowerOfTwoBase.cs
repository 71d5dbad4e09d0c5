using System.Diagnostics.CodeAnalysis;

namespace Betar.Libp2p.Multiformats;

/// <summary>Bases whose digit is a whole number of bits, without padding; left-over bits must be zero.</summary>
internal sealed class PowerOfTwoBase(string alphabet, int bits, bool foldsCase)
{
    public string Encode(ReadOnlySpan<byte> data)
    {
        var text = new char[((data.Length * 8) + bits - 1) / bits];
        var (buffer, held, used) = (0, 0, 0);
        foreach (var value in data)
        {
            buffer = ((buffer << 8) | value) & 0xFFFF;
            for (held += 8; held >= bits; held -= bits)
            {
                text[used++] = alphabet[(buffer >> (held - bits)) & Mask];
            }
        }

        if (held > 0)
        {
            text[used] = alphabet[(buffer << (bits - held)) & Mask];
        }

        return new string(text);
    }

    public bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        var bytes = new byte[text.Length * bits / 8];
        var (buffer, held, used) = (0, 0, 0);
        foreach (var character in text)
        {
            var digit = alphabet.IndexOf(foldsCase ? char.ToLowerInvariant(character) : character, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            buffer = ((buffer << bits) | digit) & 0xFFFF;
            held += bits;
            if (held >= 8)
            {
                held -= 8;
                bytes[used++] = (byte)(buffer >> held);
            }
        }

        if (held >= bits || (buffer & ((1 << held) - 1)) != 0)
        {
            return false;
        }

        data = bytes;
        return true;
    }

    private int Mask => (1 << bits) - 1;
}
