namespace Betar.Libp2p.Multiformats;

/// <summary>Unsigned varint: seven bits a byte, least significant first, at most 63 bits, one spelling only.</summary>
public static class Varint
{
    public const int MaxLength = 9;
    public const ulong MaxValue = long.MaxValue;

    public static int Length(ulong value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
        {
            length++;
        }

        return length;
    }

    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> destination, ulong value)
    {
        if (value > MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(value), "A varint has at most 63 bits.");
        }

        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length++] = (byte)value;
        return length;
    }

    public static bool TryRead(ReadOnlySpan<byte> source, out ulong value, out int read) =>
        Read(source, out value, out read) == VarintStatus.Done;

    public static VarintStatus Read(ReadOnlySpan<byte> source, out ulong value, out int read)
    {
        value = 0;
        read = 0;
        ulong number = 0;
        for (var i = 0; i < MaxLength; i++)
        {
            if (i == source.Length)
            {
                return VarintStatus.Incomplete;
            }

            number |= (ulong)(source[i] & 0x7F) << (7 * i);
            if (source[i] >= 0x80)
            {
                continue;
            }

            if (source[i] == 0 && i > 0)
            {
                return VarintStatus.Bad;
            }

            value = number;
            read = i + 1;
            return VarintStatus.Done;
        }

        return VarintStatus.Bad;
    }
}
