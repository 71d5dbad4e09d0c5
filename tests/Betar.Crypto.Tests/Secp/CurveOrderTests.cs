using System.Numerics;
using Betar.Crypto.Secp;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests.Secp;

/// <summary>Limb arithmetic against plain big integers, at the edges and at random.</summary>
public class CurveOrderTests
{
    private const int Seed = 256;
    private static readonly BigInteger Limit = BigInteger.Pow(2, 256);

    private static readonly BigInteger[] Edges =
    [
        0, 1, 2, (BigInteger.One << 64) - 1, BigInteger.One << 64, (BigInteger.One << 128) - 1, BigInteger.One << 192,
        (Order / 2) - 1, Order / 2, (Order / 2) + 1, Order - 1, Order, Order + 1, Field - 1, Field, Limit - 1,
    ];

    [Fact]
    public void At_the_edges()
    {
        foreach (var value in Edges)
        {
            AssertAgrees(value);
        }
    }

    [Fact]
    public void At_random()
    {
        var random = new Random(Seed);
        var bytes = new byte[32];
        for (var round = 0; round < 2000; round++)
        {
            random.NextBytes(bytes);
            AssertAgrees(Number(bytes));
        }
    }

    // Numbers that differ from an edge in one limb only: where a lost borrow shows.
    [Fact]
    public void Around_each_limb_of_the_edges()
    {
        foreach (var edge in new[] { Order, Order / 2, BigInteger.One << 255 })
        {
            for (var shift = 0; shift < 256; shift += 32)
            {
                AssertAgrees((edge + (BigInteger.One << shift)) % Limit);
                AssertAgrees((edge - (BigInteger.One << shift) + Limit) % Limit);
            }
        }
    }

    [Fact]
    public void Reducing_in_place_is_allowed()
    {
        var bytes = Be32(Order + 12345);
        CurveOrder.Reduce(bytes, bytes);
        Assert.Equal(Be32(12345), bytes);
    }

    private static void AssertAgrees(BigInteger value)
    {
        var bytes = Be32(value);
        Assert.Equal(value > 0 && value < Order, CurveOrder.IsScalar(bytes));
        Assert.Equal(value <= Order / 2, CurveOrder.IsLow(bytes));
        Assert.Equal(value <= Order / 2, Secp256k1.IsLowS(bytes));
        Assert.Equal(value > 0 && value < Order, Secp256k1.IsScalar(bytes));
        var reduced = new byte[32];
        CurveOrder.Reduce(bytes, reduced);
        Assert.Equal(value % Order, Number(reduced));
    }
}
