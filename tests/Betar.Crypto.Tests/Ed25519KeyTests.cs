using System.Security.Cryptography;
using static Betar.Crypto.Tests.Bytes;

namespace Betar.Crypto.Tests;

public class Ed25519KeyTests
{
    // RFC 8032 §7.1, the vector over SHA-512 of "abc".
    [Fact]
    public void The_published_vector_over_a_hash()
    {
        using var key = Ed25519Key.Import(Hex("833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"));
        var signature = new byte[64];

        key.Sign(SHA512.HashData("abc"u8), signature);

        Assert.Equal("dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704", Hex(signature));
    }

    [Fact]
    public void A_key_signs_many_times_and_always_the_same()
    {
        using var key = Ed25519Key.Generate();
        var (publicKey, seed, signature) = (new byte[32], new byte[32], new byte[64]);
        key.CopyPublicKey(publicKey);
        key.Export(seed);
        for (byte i = 0; i < 10; i++)
        {
            key.Sign([i], signature);
            var again = new byte[64];
            Ed25519.Sign(seed, [i], again);
            Assert.Equal(again, signature);
            Assert.True(Ed25519.Verify(publicKey, [i], signature));
        }
    }

    [Fact]
    public void Two_generated_keys_differ()
    {
        using var one = Ed25519Key.Generate();
        using var other = Ed25519Key.Generate();
        var (first, second) = (new byte[32], new byte[32]);
        one.CopyPublicKey(first);
        other.CopyPublicKey(second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void A_disposed_key_signs_nothing()
    {
        var key = Ed25519Key.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign([], new byte[64]));
        Assert.Throws<ObjectDisposedException>(() => key.Export(new byte[32]));
        Assert.Equal("Ed25519Key(hidden)", key.ToString());
    }

    [Fact]
    public void Own_input_of_the_wrong_length_is_a_bug()
    {
        using var key = Ed25519Key.Generate();
        Assert.Throws<ArgumentException>(() => Ed25519Key.Import(new byte[33]));
        Assert.Throws<ArgumentException>(() => key.Sign([], new byte[65]));
        Assert.Throws<ArgumentException>(() => key.Export(new byte[31]));
        Assert.Throws<ArgumentException>(() => key.CopyPublicKey(new byte[31]));
    }
}
