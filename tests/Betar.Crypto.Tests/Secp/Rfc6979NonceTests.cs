using System.Security.Cryptography;
using System.Text;
using Betar.Crypto.Secp;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Signers;
using static Betar.Crypto.Tests.Bytes;
using BouncyInteger = Org.BouncyCastle.Math.BigInteger;

namespace Betar.Crypto.Tests.Secp;

public class Rfc6979NonceTests
{
    // The nonces that go with the shared RFC 6979 vectors of secp256k1.
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto", "8f8a276c19f4149656b280621e358cce24f5f52542772691ee69063b74f15d15")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001", "All those moments will be lost in time, like tears in rain. Time to die...", "38aa22d72376b4dbc472e06c3ba403ee0a394da63fc58d88686c611aba98d6b3")]
    [InlineData("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto", "33a19b60e25fb6f4435af53a3d42d493644827367e6453928554f43e49aa6f90")]
    [InlineData("f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing", "525a82b70e67874398067543fd84c83d30c175fdc45fdeee082fe13b1d7cfdf1")]
    public void Known_nonces(string key, string message, string nonce) =>
        Assert.Equal(nonce, Hex(Candidates(Hex(key), SHA256.HashData(Encoding.ASCII.GetBytes(message)), 1)[0]));

    [Fact]
    public void The_first_candidate_agrees_with_an_independent_implementation()
    {
        var random = new Random(6979);
        for (var round = 0; round < 50; round++)
        {
            var key = Be32((Number(Next(random)) % (Order - 1)) + 1);
            var hash = Be32(Number(Next(random)) % Order);
            var oracle = new HMacDsaKCalculator(new Sha256Digest());
            oracle.Init(new BouncyInteger(1, Be32(Order)), new BouncyInteger(1, key), hash);
            Assert.Equal(Number(oracle.NextK().ToByteArrayUnsigned()), Number(Candidates(key, hash, 1)[0]));
        }
    }

    // A candidate that does not do (step h of the RFC) is followed by an update of K and V; in practice it never happens.
    [Fact]
    public void Later_candidates_follow_the_text_of_the_rfc()
    {
        var key = Be32(77);
        var hash = Keccak256.Hash("later"u8);
        var v = Enumerable.Repeat((byte)1, 32).ToArray();
        var k = new byte[32];
        k = Mac(k, [.. v, 0, .. key, .. hash]);
        v = HMACSHA256.HashData(k, v);
        k = Mac(k, [.. v, 1, .. key, .. hash]);
        v = HMACSHA256.HashData(k, v);
        foreach (var candidate in Candidates(key, hash, 4))
        {
            v = HMACSHA256.HashData(k, v);
            Assert.Equal(v, candidate);
            k = Mac(k, [.. v, 0]);
            v = HMACSHA256.HashData(k, v);
        }
    }

    [Fact]
    public void Another_key_or_hash_has_another_nonce()
    {
        var hash = Keccak256.Hash("h"u8);
        var nonces = new[]
        {
            Hex(Candidates(Be32(1), hash, 1)[0]), Hex(Candidates(Be32(2), hash, 1)[0]), Hex(Candidates(Be32(1), Keccak256.Hash("i"u8), 1)[0]),
        };
        Assert.Equal(3, nonces.Distinct().Count());
    }

    private static List<byte[]> Candidates(byte[] key, byte[] hash, int count)
    {
        var nonces = new Rfc6979Nonce(key, hash, new byte[64]);
        var candidates = new List<byte[]>();
        for (var i = 0; i < count; i++)
        {
            var candidate = new byte[32];
            nonces.Next(candidate);
            candidates.Add(candidate);
        }

        return candidates;
    }

    private static byte[] Mac(byte[] key, byte[] message) => HMACSHA256.HashData(key, message);

    private static byte[] Next(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }
}
