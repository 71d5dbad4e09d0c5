using System.Numerics;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests.Secp;

/// <summary>
/// Numbers that are all in range and still lead the arithmetic to the point at infinity or past the usual path:
/// anybody can write them into a signature field.
/// </summary>
public class DegenerateSignatureTests
{
    // Q = (sR - zG) / r is infinity when s = z / k for R = kG.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_signature_whose_key_would_be_infinity_recovers_nothing(string backend)
    {
        var found = 0;
        for (var k = 2; k < 40; k++)
        {
            var (r, recoveryId) = Point(k);
            var z = Number(Keccak256.Hash([(byte)k])) % Order;
            var s = z * BigInteger.ModPow(k, Order - 2, Order) % Order;
            if (s > Order / 2)
            {
                continue;
            }

            found++;
            byte[] rs = [.. Be32(r), .. Be32(s)];
            Assert.False(Backends.Open(backend).TryRecover(Be32(z), rs, recoveryId, new byte[64]));

            // The other root is a real point and a real key.
            Assert.True(Backends.Open(backend).TryRecover(Be32(z), rs, 1 - recoveryId, new byte[64]));
        }

        Assert.True(found > 5, "too few low s among the candidates");
    }

    // (zG + rQ) / s is infinity when z = -r·d.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_signature_that_verifies_against_infinity_is_refused(string backend)
    {
        BigInteger d = 12345;
        BigInteger r = 777;
        var z = (Order - (r * d % Order)) % Order;
        byte[] rs = [.. Be32(r), .. Be32(99)];
        Assert.False(Backends.Open(backend).Verify(Be32(z), rs, Backends.PublicKey(backend, Be32(d))));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_hash_of_zero_is_signed_recovered_and_verified(string backend)
    {
        var key = Be32(4711);
        var signature = Backends.Sign(backend, key, new byte[32]);
        var recovered = new byte[64];
        Assert.True(Backends.Open(backend).TryRecover(new byte[32], signature.AsSpan(0, 64), signature[64], recovered));
        Assert.Equal(Backends.PublicKey(backend, key), recovered);
        Assert.True(Backends.Open(backend).Verify(new byte[32], signature.AsSpan(0, 64), recovered));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_hash_and_the_same_plus_n_are_the_same_number(string backend)
    {
        var key = Be32(4711);
        var small = Backends.Sign(backend, key, Be32(5));
        Assert.Equal(small, Backends.Sign(backend, key, Be32(Order + 5)));
        Assert.True(Backends.Open(backend).Verify(Be32(Order + 5), small.AsSpan(0, 64), Backends.PublicKey(backend, key)));
    }

    // k = 1 and k = n-1 share the generator's x coordinate.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_smallest_nonce_point_works(string backend)
    {
        var (r, recoveryId) = Point(1);
        BigInteger d = 999;
        var z = Number(Keccak256.Hash("one"u8)) % Order;
        var s = (z + (r * d)) % Order;
        if (s > Order / 2)
        {
            s = Order - s;
            recoveryId = 1 - recoveryId;
        }

        byte[] rs = [.. Be32(r), .. Be32(s)];
        var recovered = new byte[64];
        Assert.True(Backends.Open(backend).TryRecover(Be32(z), rs, recoveryId, recovered));
        Assert.Equal(Backends.PublicKey(backend, Be32(d)), recovered);
    }

    private static (BigInteger X, int IsOdd) Point(int k)
    {
        var point = Backends.PublicKey("libsecp256k1", Be32(k));
        return (Number(point.AsSpan(0, 32)) % Order, point[63] & 1);
    }
}
