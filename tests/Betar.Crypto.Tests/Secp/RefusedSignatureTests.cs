using System.Numerics;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests.Secp;

/// <summary>One fault at a time in a signature that is otherwise right.</summary>
public class RefusedSignatureTests
{
    private static readonly byte[] Hash = Hex("b09c0c59bb6eac825911345f407b7f68d6867f1043bcba11aeaecb88c96c7b00");
    private static readonly byte[] Key = Hex("d859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7");
    private static readonly byte[] HighS = Hex("19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766aabdad65eac47f696a296f2eaccdd3f9df3b7434b38d320d67e9dabbad784edd5");
    private static readonly byte[] Compact = Hex("19db561f92074e82a7419b879b1dee8cd85658d03f47e32a0ab9d8fa677f766ad42529a153b809695d690d153322c060c6f7999b76757f654134b2d1f8b1536c");

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_unchanged_signature_is_accepted(string backend)
    {
        var (rs, recoveryId) = Signed(backend);
        AssertAccepted(backend, rs, recoveryId);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_high_s_twin(string backend)
    {
        AssertRefused(backend, HighS, 0);
        AssertRefused(backend, HighS, 1);
        Assert.False(Secp256k1.IsLowS(HighS.AsSpan(32)));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_compact_form_reads_as_high_s(string backend) => AssertRefused(backend, Compact, 0);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void R_of_zero(string backend) => AssertRefusedWithR(backend, 0);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void R_of_n(string backend) => AssertRefusedWithR(backend, Order);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void R_above_n(string backend) => AssertRefusedWithR(backend, Order + 1);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void R_of_all_ones(string backend) => AssertRefusedWithR(backend, BigInteger.Pow(2, 256) - 1);

    // 5 is the x coordinate of no point: 5³ + 7 is not a square in the field.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void R_that_is_no_x_coordinate(string backend) => AssertRefusedWithR(backend, 5);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void S_of_zero(string backend) => AssertRefusedWithS(backend, 0);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void S_of_n(string backend) => AssertRefusedWithS(backend, Order);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void S_just_above_half_of_n(string backend) => AssertRefusedWithS(backend, (Order / 2) + 1);

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void S_of_exactly_half_of_n_is_still_low(string backend)
    {
        var (rs, recoveryId) = Signed(backend);
        Be32(Order / 2).CopyTo(rs.AsSpan(32));
        Assert.True(Secp256k1.IsLowS(rs.AsSpan(32)));
        Assert.True(Backends.Open(backend).TryRecover(Hash, rs, recoveryId, new byte[64]));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_recovery_id_other_than_0_and_1(string backend)
    {
        var (rs, _) = Signed(backend);
        foreach (var recoveryId in new[] { -1, 2, 3, 4, 27, 28, int.MaxValue, int.MinValue })
        {
            Assert.False(Backends.Open(backend).TryRecover(Hash, rs, recoveryId, new byte[64]));
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void The_other_recovery_id_gives_another_key(string backend)
    {
        var (rs, recoveryId) = Signed(backend);
        var recovered = new byte[64];
        if (Backends.Open(backend).TryRecover(Hash, rs, 1 - recoveryId, recovered))
        {
            Assert.NotEqual(Backends.PublicKey(backend, Key), recovered);
        }
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Wrong_lengths(string backend)
    {
        var (rs, recoveryId) = Signed(backend);
        var curve = Backends.Open(backend);
        var publicKey = Backends.PublicKey(backend, Key);
        foreach (var length in new[] { 0, 1, 32, 63, 65 })
        {
            var other = new byte[length];
            rs.AsSpan(0, Math.Min(length, 64)).CopyTo(other);
            Assert.False(curve.TryRecover(Hash, other, recoveryId, new byte[64]));
            Assert.False(curve.Verify(Hash, other, publicKey));
            Assert.False(curve.Verify(Hash, rs, new byte[length]));
        }

        foreach (var length in new[] { 0, 31, 33, 64 })
        {
            Assert.False(curve.TryRecover(new byte[length], rs, recoveryId, new byte[64]));
            Assert.False(curve.Verify(new byte[length], rs, publicKey));
            Assert.False(Secp256k1.IsLowS(new byte[length]));
        }

        Assert.Throws<ArgumentException>(() => curve.TryRecover(Hash, rs, recoveryId, new byte[65]));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_public_key_that_is_no_point(string backend)
    {
        var (rs, _) = Signed(backend);
        var curve = Backends.Open(backend);
        var publicKey = Backends.PublicKey(backend, Key);
        publicKey[63] ^= 1;
        Assert.False(curve.Verify(Hash, rs, publicKey));
        Assert.False(curve.Verify(Hash, rs, new byte[64]));
    }

    // x + p is the same coordinate modulo the field, written a second way: a key has one spelling only.
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void A_public_key_with_a_coordinate_beyond_the_field(string backend)
    {
        BigInteger x = 1;
        var y = BigInteger.ModPow(8, (Field + 1) / 4, Field);
        byte[] proper = [.. Be32(x), .. Be32(y)];
        byte[] second = [.. Be32(x + Field), .. Be32(y)];


        var curve = Backends.Open(backend);
        var rs = new byte[64];
        Be32(1).CopyTo(rs.AsSpan());
        Be32(1).CopyTo(rs.AsSpan(32));

        // With r = x of the point (1, y), s = r and hash 0: Q = (s/r)·R = R, so (1, y) verifies for hash 0.
        Assert.True(curve.Verify(new byte[32], rs, proper));
        Assert.False(curve.Verify(new byte[32], rs, second));
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Every_flipped_bit_of_hash_or_signature_loses_the_signer(string backend)
    {
        var (rs, recoveryId) = Signed(backend);
        var curve = Backends.Open(backend);
        var publicKey = Backends.PublicKey(backend, Key);
        for (var bit = 0; bit < 96 * 8; bit += 7)
        {
            var hash = (byte[])Hash.Clone();
            var signature = (byte[])rs.Clone();
            var target = bit < 256 ? hash : signature;
            var position = bit < 256 ? bit : bit - 256;
            target[position / 8] ^= (byte)(1 << (position % 8));

            var recovered = new byte[64];
            Assert.False(curve.TryRecover(hash, signature, recoveryId, recovered) && recovered.AsSpan().SequenceEqual(publicKey));
            Assert.False(curve.Verify(hash, signature, publicKey));
        }
    }

    private static (byte[] Rs, int RecoveryId) Signed(string backend)
    {
        var signature = Backends.Sign(backend, Key, Hash);
        return (signature[..64], signature[64]);
    }

    private static void AssertAccepted(string backend, byte[] rs, int recoveryId)
    {
        var recovered = new byte[64];
        Assert.True(Backends.Open(backend).TryRecover(Hash, rs, recoveryId, recovered));
        Assert.Equal(Backends.PublicKey(backend, Key), recovered);
        Assert.True(Backends.Open(backend).Verify(Hash, rs, recovered));
    }

    private static void AssertRefusedWithR(string backend, BigInteger r)
    {
        var (rs, recoveryId) = Signed(backend);
        Be32(r).CopyTo(rs.AsSpan());
        AssertRefused(backend, rs, recoveryId);
    }

    private static void AssertRefusedWithS(string backend, BigInteger s)
    {
        var (rs, recoveryId) = Signed(backend);
        Be32(s).CopyTo(rs.AsSpan(32));
        AssertRefused(backend, rs, recoveryId);
    }

    private static void AssertRefused(string backend, byte[] rs, int recoveryId)
    {
        var curve = Backends.Open(backend);
        Assert.False(curve.TryRecover(Hash, rs, recoveryId, new byte[64]));
        Assert.False(curve.Verify(Hash, rs, Backends.PublicKey(backend, Key)));
    }
}
