namespace Betar.Crypto;

/// <summary>
/// Encodings that no honest key has. Of the points whose order divides eight everybody knows a "private key": one signature fits all messages. And a
/// number that is not below 2^255 - 19 is a second spelling of a key, hence a second name for its owner.
/// </summary>
internal static class Ed25519Points
{
    private const byte SignBit = 0x80;
    private const byte LeastOfPrime = 0xED;

    // The y of the points of order 1, 2, 4 and 8, little-endian; each with either sign of x.
    private static readonly byte[][] SmallOrder =
    [
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    ];

    public static bool IsHonest(ReadOnlySpan<byte> point32)
    {
        Span<byte> y = stackalloc byte[Ed25519.PublicKeySize];
        point32.CopyTo(y);
        y[^1] &= SignBit - 1;
        if (IsPrimeOrAbove(y))
        {
            return false;
        }

        foreach (var small in SmallOrder)
        {
            if (y.SequenceEqual(small))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPrimeOrAbove(ReadOnlySpan<byte> y) =>
        y[0] >= LeastOfPrime && y[^1] == SignBit - 1 && !y[1..^1].ContainsAnyExcept(byte.MaxValue);
}
