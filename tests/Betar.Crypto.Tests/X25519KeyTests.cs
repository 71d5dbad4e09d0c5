using Betar.Tests.Shared;
using Org.BouncyCastle.Math.EC.Rfc7748;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class X25519KeyTests
{
    // RFC 7748 §5.2 and §6.1.
    [Theory]
    [InlineData("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c", "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d", "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493", "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    [InlineData("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a", "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f", "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")]
    [InlineData("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb", "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a", "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")]
    public void Published_agreements(string ours, string theirs, string shared)
    {
        Assert.True(TryAgree(Hex(ours), Hex(theirs), out var secret));
        Assert.Equal(shared, Hex(secret));
    }

    [Theory]
    [InlineData("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a", "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")]
    [InlineData("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb", "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")]
    public void Published_public_keys(string ours, string publicKey) => Assert.Equal(publicKey, Hex(PublicKey(Hex(ours))));

    // RFC 7748 §5.2: k becomes k·u, u becomes the old k.
    [Theory]
    [InlineData(1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")]
    [InlineData(1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")]
    public void Published_iterations(int rounds, string expected)
    {
        var k = new byte[32];
        k[0] = 9;
        var u = (byte[])k.Clone();
        for (var i = 0; i < rounds; i++)
        {
            Assert.True(TryAgree(k, u, out var next));
            (k, u) = (next, k);
        }

        Assert.Equal(expected, Hex(k));
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_point_of_small_order_is_refused_and_leaves_no_secret(string theirs)
    {
        using var key = X25519Key.Generate();
        var secret = new byte[32];
        secret.AsSpan().Fill(0x55);

        Assert.False(key.TryAgree(Hex(theirs), secret));
        Assert.Equal(new byte[32], secret);
    }

    [Fact]
    public void Agreement_after_a_refusal_is_not_disturbed()
    {
        using var ours = X25519Key.Generate();
        var theirs = PublicKey(Hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
        for (var i = 0; i < 20; i++)
        {
            Assert.False(ours.TryAgree(new byte[32], new byte[32]));
            Assert.True(ours.TryAgree(theirs, new byte[32]));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_foreign_key_of_the_wrong_length_is_refused(int length)
    {
        using var key = X25519Key.Generate();
        Assert.False(key.TryAgree(new byte[length], new byte[32]));
    }

    [Fact]
    public void Own_input_of_the_wrong_length_is_a_bug()
    {
        using var key = X25519Key.Generate();
        Assert.Throws<ArgumentException>(() => X25519Key.Import(new byte[31]));
        Assert.Throws<ArgumentException>(() => key.CopyPublicKey(new byte[31]));
        Assert.Throws<ArgumentException>(() => key.TryAgree(new byte[32], new byte[33]));
    }

    [Fact]
    public void Random_agreements_match_an_implementation_that_shares_no_code()
    {
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 100; round++)
        {
            var (ours, theirs) = (new byte[32], new byte[32]);
            random.NextBytes(ours);
            random.NextBytes(theirs);
            var expected = new byte[32];
            X25519.ScalarMult(ours, 0, theirs, 0, expected, 0);

            Assert.True(TryAgree(ours, theirs, out var secret), $"seed {TestSeed.Value}, round {round}");
            Assert.Equal(expected, secret);
        }
    }

    [Fact]
    public void Two_generated_keys_agree_and_differ()
    {
        using var one = X25519Key.Generate();
        using var other = X25519Key.Generate();
        var (onePublic, otherPublic, first, second) = (new byte[32], new byte[32], new byte[32], new byte[32]);
        one.CopyPublicKey(onePublic);
        other.CopyPublicKey(otherPublic);

        Assert.NotEqual(onePublic, otherPublic);
        Assert.True(one.TryAgree(otherPublic, first));
        Assert.True(other.TryAgree(onePublic, second));
        Assert.Equal(first, second);
    }

    [Fact]
    public void A_disposed_key_is_gone()
    {
        var key = X25519Key.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.CopyPublicKey(new byte[32]));
        Assert.Equal("X25519Key(hidden)", key.ToString());
    }

    private static bool TryAgree(byte[] ours, byte[] theirs, out byte[] secret)
    {
        using var key = X25519Key.Import(ours);
        secret = new byte[32];
        return key.TryAgree(theirs, secret);
    }

    private static byte[] PublicKey(byte[] ours)
    {
        using var key = X25519Key.Import(ours);
        var publicKey = new byte[32];
        key.CopyPublicKey(publicKey);
        return publicKey;
    }
}
