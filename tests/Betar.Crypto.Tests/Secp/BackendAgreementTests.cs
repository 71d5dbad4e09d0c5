using System.Numerics;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using static Betar.Crypto.Tests.Bytes;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Betar.Crypto.Tests.Secp;

/// <summary>Both backends against each other and against an implementation that shares no code with either.</summary>
public class BackendAgreementTests
{
    private const int Rounds = 60;
    private const int Seed = 20260402;

    [Fact]
    public void Random_keys_and_hashes_give_the_same_bytes_everywhere()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var key = Be32((Number(Next(random)) % (Order - 1)) + 1);
            AssertSameEverywhere(key, Next(random), $"seed {Seed}, round {round}");
        }
    }

    public static TheoryData<string> EdgeKeys => ["1", "2", "n-1", "n/2", "n/2+1"];

    [Theory]
    [MemberData(nameof(EdgeKeys))]
    public void Keys_at_the_edges_of_the_range(string which)
    {
        var key = which switch { "1" => 1, "2" => 2, "n-1" => Order - 1, "n/2" => Order / 2, _ => (Order / 2) + 1 };
        AssertSameEverywhere(Be32(key), Keccak256.Hash("edge"u8), which);
    }

    // bits2octets takes the hash modulo n; older releases of libsecp256k1 do not, so it is done before either sees it.
    public static TheoryData<string> EdgeHashes => ["0", "1", "n-1", "n", "n+1", "2^256-1"];

    [Theory]
    [MemberData(nameof(EdgeHashes))]
    public void Hashes_at_and_beyond_n(string which)
    {
        var hash = which switch
        {
            "0" => 0,
            "1" => 1,
            "n-1" => Order - 1,
            "n" => Order,
            "n+1" => Order + 1,
            _ => BigInteger.Pow(2, 256) - 1,
        };
        AssertSameEverywhere(Hex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"), Be32(hash), which);
    }

    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Signing_twice_gives_the_same_bytes(string backend)
    {
        var key = Be32(12345);
        var hash = Keccak256.Hash("twice"u8);
        Assert.Equal(Backends.Sign(backend, key, hash), Backends.Sign(backend, key, hash));
    }

    [Fact]
    public void Random_signatures_are_judged_the_same_by_both()
    {
        var random = new Random(Seed + 1);
        var first = Backends.Open("libsecp256k1");
        var second = Backends.Open("libcrypto");
        for (var round = 0; round < Rounds; round++)
        {
            var hash = Next(random);
            byte[] rs = [.. Next(random), .. Be32(Number(Next(random)) / 2)];
            var one = new byte[64];
            var two = new byte[64];
            var accepted = first.TryRecover(hash, rs, round % 2, one);
            Assert.Equal(accepted, second.TryRecover(hash, rs, round % 2, two));
            Assert.Equal(one, two);
            if (accepted)
            {
                Assert.True(first.Verify(hash, rs, one));
                Assert.True(second.Verify(hash, rs, one));
            }
        }
    }

    [Fact]
    public void The_backend_in_use_is_the_fast_one_when_it_is_installed() => Assert.Equal("libsecp256k1", Secp256k1.Backend);

    private static void AssertSameEverywhere(byte[] key, byte[] hash, string context)
    {
        var expected = Oracle(key, hash);
        foreach (var backend in Backends.Names)
        {
            var signature = Backends.Sign(backend, key, hash);
            Assert.True(expected == Hex(signature.AsSpan(0, 64)), $"{backend} differs: {context}");

            var publicKey = Backends.PublicKey(backend, key);
            Assert.Equal(OraclePublicKey(key), Hex(publicKey));
            var recovered = new byte[64];
            Assert.True(Backends.Open(backend).TryRecover(hash, signature.AsSpan(0, 64), signature[64], recovered), context);
            Assert.Equal(publicKey, recovered);
            Assert.True(Backends.Open(backend).Verify(hash, signature.AsSpan(0, 64), publicKey), context);
        }
    }

    private static byte[] Next(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Oracle(byte[] key, byte[] hash)
    {
        var curve = SecNamedCurves.GetByName("secp256k1");
        var domain = new ECDomainParameters(curve.Curve, curve.G, curve.N);
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha256Digest()));
        signer.Init(true, new ECPrivateKeyParameters(new BouncyInteger(1, key), domain));
        var rs = signer.GenerateSignature(hash);
        var s = rs[1].CompareTo(curve.N.ShiftRight(1)) > 0 ? curve.N.Subtract(rs[1]) : rs[1];
        return Hex(Be32(Number(rs[0].ToByteArrayUnsigned()))) + Hex(Be32(Number(s.ToByteArrayUnsigned())));
    }

    private static string OraclePublicKey(byte[] key) =>
        Hex(SecNamedCurves.GetByName("secp256k1").G.Multiply(new BouncyInteger(1, key)).Normalize().GetEncoded(false).AsSpan(1));
}
