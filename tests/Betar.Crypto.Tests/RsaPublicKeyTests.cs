using System.Security.Cryptography;

namespace Betar.Crypto.Tests;

public sealed class RsaPublicKeyTests : IDisposable
{
    private static readonly byte[] Message = [1, 2, 3];

    private readonly RSA _rsa = RSA.Create(2048);

    [Fact]
    public void A_signature_is_verified()
    {
        Assert.True(RsaPublicKey.TryImport(_rsa.ExportSubjectPublicKeyInfo(), out var key));
        using (key)
        {
            var signature = Sign();
            Assert.Equal(2048, key.Bits);
            Assert.True(key.Verify(Message, signature));
            Assert.False(key.Verify([1, 2], signature));
            signature[17] ^= 1;
            Assert.False(key.Verify(Message, signature));
            Assert.False(key.Verify(Message, []));
        }
    }

    [Fact]
    public void Another_padding_is_refused()
    {
        Assert.True(RsaPublicKey.TryImport(_rsa.ExportSubjectPublicKeyInfo(), out var key));
        using (key)
            Assert.False(key.Verify(Message, _rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pss)));
    }

    [Theory]
    [InlineData(2048, true)]
    [InlineData(8192, true)]
    [InlineData(2040, false)]
    [InlineData(1024, false)]
    [InlineData(8200, false)]
    [InlineData(16384, false)]
    public void Only_sizes_from_2048_to_8192_bits_are_taken(int bits, bool taken) => Assert.Equal(taken, Takes(bits / 8, [1, 0, 1]));

    [Fact]
    public void The_size_is_told_of_keys_that_are_not_taken_too()
    {
        using var small = RSA.Create(1024);
        Assert.Equal(1024, RsaPublicKey.ReadBits(small.ExportSubjectPublicKeyInfo()));
        Assert.Equal(2048, RsaPublicKey.ReadBits(_rsa.ExportSubjectPublicKeyInfo()));
        Assert.Null(RsaPublicKey.ReadBits([.. _rsa.ExportSubjectPublicKeyInfo(), 0]));
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Null(RsaPublicKey.ReadBits(ecdsa.ExportSubjectPublicKeyInfo()));
        Assert.Null(RsaPublicKey.ReadBits([]));
    }

    [Theory]
    [InlineData(new byte[] { 3 }, true)]
    [InlineData(new byte[] { 0x7F, 0xFF, 0xFF, 0xFF }, true)]
    [InlineData(new byte[] { 1, 0, 0, 0, 1 }, false)]
    [InlineData(new byte[] { 1 }, false)]
    [InlineData(new byte[] { 1, 0, 0 }, false)]
    public void Only_odd_exponents_of_up_to_four_bytes_are_taken(byte[] exponent, bool taken) => Assert.Equal(taken, Takes(256, exponent));

    [Fact]
    public void Bytes_behind_the_key_are_refused() =>
        Assert.False(RsaPublicKey.TryImport([.. _rsa.ExportSubjectPublicKeyInfo(), 0], out _));

    [Fact]
    public void What_is_no_rsa_key_is_refused()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(RsaPublicKey.TryImport(ecdsa.ExportSubjectPublicKeyInfo(), out _));
        Assert.False(RsaPublicKey.TryImport([], out _));
        Assert.False(RsaPublicKey.TryImport(_rsa.ExportSubjectPublicKeyInfo().AsSpan(1), out _));
    }

    public void Dispose() => _rsa.Dispose();

    private byte[] Sign() => _rsa.SignData(Message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    // No private key belongs to it; only its shape counts.
    private static bool Takes(int modulusBytes, byte[] exponent)
    {
        var modulus = new byte[modulusBytes];
        modulus.AsSpan().Fill(0xFF);
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(exponent);
        }

        var algorithm = new Oid("1.2.840.113549.1.1.1");
        var key = new System.Security.Cryptography.X509Certificates.PublicKey(
            algorithm, new AsnEncodedData(algorithm, new byte[] { 5, 0 }), new AsnEncodedData(algorithm, writer.Encode()));
        var taken = RsaPublicKey.TryImport(key.ExportSubjectPublicKeyInfo(), out var imported);
        imported?.Dispose();
        return taken;
    }
}
