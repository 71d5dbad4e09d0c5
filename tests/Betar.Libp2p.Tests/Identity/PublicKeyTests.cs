using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using static Betar.Libp2p.Tests.Identity.Keys;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Tests.Identity;

public sealed class PublicKeyTests
{
    [Theory]
    [InlineData(Ed25519Public, KeyType.Ed25519, 32)]
    [InlineData(Secp256k1Public, KeyType.Secp256k1, 33)]
    [InlineData(EcdsaPublic, KeyType.Ecdsa, 91)]
    public void Published_keys(string hex, KeyType type, int length)
    {
        Assert.True(PublicKey.TryDecode(Hex(hex), out var key));
        Assert.Equal((type, length), (key.Type, key.Data.Length));
        Assert.Equal(hex, Hex(key.Encoded.Span));
        Assert.Equal(key, PublicKey.Create(type, key.Data.Span));
        Assert.Equal(key.GetHashCode(), PublicKey.Create(type, key.Data.Span).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0801")]
    [InlineData("1220" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // no type
    [InlineData("1220" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e" + "0801")] // the other order
    [InlineData("0801121f" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce2")] // 31 bytes
    [InlineData("0801122100" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // 33 bytes
    [InlineData(Ed25519Public + "00")]
    [InlineData(Ed25519Public + "1800")] // an unknown field
    [InlineData("08811080" + "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")]
    [InlineData("088100" + "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // a long spelling of 1
    [InlineData("080112a000" + "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // a long spelling of 32
    [InlineData("0804" + "12201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // an unknown type
    [InlineData("0801" + "0a201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")] // field 1 twice
    [InlineData("0802122104" + "7777e994e452c21604f91de093ce415f5432f701dd8cd1a7a6fea0e630bfca99")]
    [InlineData("08021221020000000000000000000000000000000000000000000000000000000000000005")]
    [InlineData("080012201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")]
    [InlineData("080312201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e")]
    public void What_is_no_key_in_its_only_spelling_is_refused(string hex) => Assert.False(PublicKey.TryDecode(Hex(hex), out _));

    [Fact]
    public void The_zero_type_of_rsa_is_written()
    {
        using var rsa = RSA.Create(2048);
        var key = PublicKey.Create(KeyType.Rsa, rsa.ExportSubjectPublicKeyInfo());

        Assert.Equal("080012a602", Hex(key.Encoded.Span[..5]));
        Assert.StartsWith("Qm", key.ToPeerId().ToString(), StringComparison.Ordinal);
        var signature = rsa.SignData([1], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.True(key.Verify([1], signature));
        Assert.False(key.Verify([2], signature));
    }

    [Fact]
    public void A_small_rsa_key_is_refused()
    {
        using var rsa = RSA.Create(1024);
        Assert.Throws<ArgumentException>(() => PublicKey.Create(KeyType.Rsa, rsa.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void A_long_message_is_refused_before_it_is_looked_at() =>
        Assert.False(PublicKey.TryDecode(new byte[PublicKey.MaxLength + 1], out _));

    [Theory]
    [InlineData(Ed25519Private)]
    [InlineData(Secp256k1Private)]
    [InlineData(EcdsaPrivate)]
    public void Signatures_of_every_type(string privateKey)
    {
        Assert.True(IdentityKey.TryDecode(Hex(privateKey), out var identity));
        using (identity)
        {
            var signature = identity.Sign("message"u8);
            Assert.True(identity.PublicKey.Verify("message"u8, signature));
            Assert.False(identity.PublicKey.Verify("Message"u8, signature));
            Assert.False(identity.PublicKey.Verify("message"u8, []));
            signature[^1] ^= 1;
            Assert.False(identity.PublicKey.Verify("message"u8, signature));
        }
    }

    [Fact]
    public void A_signature_of_another_key_is_refused()
    {
        using var one = IdentityKey.Generate();
        using var other = IdentityKey.Generate();
        Assert.False(one.PublicKey.Verify([1], other.Sign([1])));
    }
}
