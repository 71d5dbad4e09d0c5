using System.Globalization;
using System.Numerics;
using Betar.Tests.Shared;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

/// <summary>Keys under which everybody can sign, and second spellings of keys. The points are found here by slow arithmetic of our own.</summary>
public sealed class Ed25519SmallOrderTests
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));

    public static TheoryData<string> SmallOrder => [.. Torsion().Select(point => Hex(Encode(point)))];

    /// <summary>Every y from the prime to 2^255 - 1, with either sign.</summary>
    public static TheoryData<string> SecondSpellings =>
        [.. Enumerable.Range(0, 19).SelectMany(i => new[] { false, true }, (i, sign) => Hex(Write(P + i, sign)))];

    [Fact]
    public void There_are_eight_points_of_small_order() => Assert.Equal(8, Torsion().Select(point => Hex(Encode(point))).Distinct().Count());

    [Theory]
    [MemberData(nameof(SmallOrder))]
    public void A_point_of_small_order_is_no_key(string key)
    {
        Assert.False(Ed25519.MayBePublicKey(Hex(key)));
        var other = Hex(key);
        other[31] ^= 0x80;
        Assert.False(Ed25519.MayBePublicKey(other));
    }

    [Theory]
    [MemberData(nameof(SecondSpellings))]
    public void A_second_spelling_is_no_key(string key) => Assert.False(Ed25519.MayBePublicKey(Hex(key)));

    [Fact]
    public void The_greatest_number_below_those_that_are_refused_is_let_through()
    {
        Assert.True(Ed25519.MayBePublicKey(Write(P - 2, sign: false)));
        Assert.True(Ed25519.MayBePublicKey(Write(2, sign: true)));
    }

    /// <summary>S = 0 and R = the neutral point fit every message when the key is the neutral point: a libcrypto left alone says yes.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("transfer everything")]
    public void The_signature_that_fits_every_message_is_refused(string text)
    {
        byte[] neutral = [1, .. new byte[31]];
        byte[] signature = [.. neutral, .. new byte[32]];
        Assert.False(Ed25519.Verify(neutral, System.Text.Encoding.UTF8.GetBytes(text), signature));
    }

    [Fact]
    public void Keys_that_are_made_here_are_never_refused()
    {
        var random = new Random(TestSeed.Value);
        var seed = new byte[32];
        var key = new byte[32];
        for (var i = 0; i < 200; i++)
        {
            random.NextBytes(seed);
            Ed25519.PublicKeyFromSeed(seed, key);
            Assert.True(Ed25519.MayBePublicKey(key), $"seed {TestSeed.Value}, round {i}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void The_wrong_length_is_no_key(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(7);
        Assert.False(Ed25519.MayBePublicKey(bytes));
    }

    /// <summary>The multiples of a point that is left when the great prime is taken out of any point.</summary>
    private static List<(BigInteger X, BigInteger Y)> Torsion()
    {
        for (BigInteger y = 2; ; y++)
        {
            if (Lift(y) is not { } point)
                continue;
            var small = Multiply(point, Order);
            var all = new List<(BigInteger X, BigInteger Y)> { (0, 1) };
            while (Add(all[^1], small) is var next && next != all[0])
                all.Add(next);
            if (all.Count == 8)
                return all;
        }
    }

    private static (BigInteger X, BigInteger Y)? Lift(BigInteger y)
    {
        var square = Mod((y * y - 1) * Inverse(Mod(D * y * y + 1)));
        var root = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod(root * root - square) != 0)
            root = Mod(root * BigInteger.ModPow(2, (P - 1) / 4, P));
        return Mod(root * root - square) == 0 ? (root, y) : null;
    }

    private static (BigInteger X, BigInteger Y) Multiply((BigInteger X, BigInteger Y) point, BigInteger times)
    {
        (BigInteger X, BigInteger Y) sum = (0, 1);
        for (; times > 0; times >>= 1, point = Add(point, point))
        {
            if (!times.IsEven)
                sum = Add(sum, point);
        }

        return sum;
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var product = Mod(D * a.X * b.X * a.Y * b.Y);
        return (Mod((a.X * b.Y + a.Y * b.X) * Inverse(1 + product)), Mod((a.Y * b.Y + a.X * b.X) * Inverse(Mod(1 - product))));
    }

    private static byte[] Encode((BigInteger X, BigInteger Y) point) => Write(point.Y, sign: !point.X.IsEven);

    private static byte[] Write(BigInteger y, bool sign)
    {
        var bytes = new byte[32];
        y.ToByteArray(isUnsigned: true).CopyTo(bytes, 0);
        bytes[31] |= (byte)(sign ? 0x80 : 0);
        return bytes;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;
}
