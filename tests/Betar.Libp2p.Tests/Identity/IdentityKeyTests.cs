using Betar.Libp2p.Identity;
using System.Security.Cryptography;
using Betar.Tests.Shared;
using static Betar.Libp2p.Tests.Identity.Keys;

namespace Betar.Libp2p.Tests.Identity;

public sealed class IdentityKeyTests
{
    [Theory]
    [InlineData(Ed25519Private, Ed25519Public)]
    [InlineData(Secp256k1Private, Secp256k1Public)]
    [InlineData(EcdsaPrivate, EcdsaPublic)]
    public void Published_keys(string privateKey, string publicKey)
    {
        Assert.True(IdentityKey.TryDecode(Hex(privateKey), out var key));
        using (key)
        {
            Assert.Equal(publicKey, Hex(key.PublicKey.Encoded.Span));
            Assert.Equal(privateKey, Hex(key.Encode()));
            Assert.Equal(key.PublicKey.ToPeerId(), key.PeerId);
        }
    }

    [Fact]
    public void An_rsa_identity_is_loaded()
    {
        using var rsa = RSA.Create(2048);
        var data = rsa.ExportRSAPrivateKey();

        Assert.True(IdentityKey.TryDecode(KeyMessage.Encode(KeyType.Rsa, data), out var key));
        using (key)
        {
            Assert.True(key.PublicKey.Verify([1], key.Sign([1])));
            Assert.Equal(KeyMessage.Encode(KeyType.Rsa, data), key.Encode());
        }

        Assert.False(IdentityKey.TryDecode(KeyMessage.Encode(KeyType.Rsa, [.. data, 0]), out _));
        Assert.False(IdentityKey.TryDecode(KeyMessage.Encode(KeyType.Ecdsa, data), out _));
    }

    [Fact]
    public void A_small_rsa_identity_is_refused()
    {
        using var rsa = RSA.Create(1024);
        Assert.False(IdentityKey.TryDecode(KeyMessage.Encode(KeyType.Rsa, rsa.ExportRSAPrivateKey()), out _));
    }

    [Fact]
    public void The_old_form_with_the_public_key_twice_is_taken_and_not_written()
    {
        var old = "08011260" + Ed25519Private[8..] + Ed25519Public[8..];

        Assert.True(IdentityKey.TryDecode(Hex(old), out var key));
        Assert.Equal(Ed25519Private, Hex(key.Encode()));
        key.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("0801")]
    [InlineData("08011220" + "7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d")]
    [InlineData(Ed25519Private + "00")]
    [InlineData("08021220" + "0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0802121f" + "00000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("0803120100")]
    [InlineData("0800120100")]
    [InlineData("0804120100")]
    public void What_is_no_private_key_is_refused(string hex) => Assert.False(IdentityKey.TryDecode(Hex(hex), out _));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_public_key_that_is_not_the_seeds_is_refused(int copy)
    {
        var old = Hex("08011260" + Ed25519Private[8..] + Ed25519Public[8..]);
        old[4 + 32 + (32 * copy)] ^= 1;

        Assert.False(IdentityKey.TryDecode(old, out _));
        Assert.False(IdentityKey.TryDecode(Hex(Ed25519Private[..^2] + "00"), out _));
    }

    [Theory]
    [InlineData(KeyType.Ed25519)]
    [InlineData(KeyType.Secp256k1)]
    public void New_identities_differ_and_survive_their_encoding(KeyType type)
    {
        using var one = IdentityKey.Generate(type);
        using var other = IdentityKey.Generate(type);

        Assert.NotEqual(one.PeerId, other.PeerId);
        Assert.True(IdentityKey.TryDecode(one.Encode(), out var again));
        Assert.Equal(one.PeerId, again.PeerId);
        again.Dispose();
    }

    [Theory]
    [InlineData(KeyType.Rsa)]
    [InlineData(KeyType.Ecdsa)]
    public void New_identities_are_of_the_short_kinds(KeyType type) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IdentityKey.Generate(type));

    [Fact]
    public void The_worked_example_of_the_original_program()
    {
        using var key = IdentityKey.FromEd25519Seed([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
        Assert.Equal("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8", Hex(key.PublicKey.Data.Span));
    }

    [Fact]
    public void A_disposed_key_signs_nothing_and_says_nothing_of_its_secret()
    {
        var key = IdentityKey.FromEd25519Seed(new byte[32]);
        key.Dispose();

        Assert.Throws<ObjectDisposedException>(() => key.Sign([1]));
        Assert.Equal($"IdentityKey({key.PeerId})", key.ToString());
    }

    [Fact]
    public void Bent_messages_are_refused_or_kept_as_they_are()
    {
        var random = new Random(TestSeed.Value);
        string[] keys = [Ed25519Private, Secp256k1Private, EcdsaPrivate];
        for (var i = 0; i < 1_000; i++)
        {
            var bytes = Hex(keys[i % keys.Length]);
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (IdentityKey.TryDecode(bytes.AsSpan(0, random.Next(10) == 0 ? random.Next(bytes.Length) : bytes.Length), out var key))
                key.Dispose();
        }
    }
}
