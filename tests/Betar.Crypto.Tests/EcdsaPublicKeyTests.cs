using System.Security.Cryptography;

namespace Betar.Crypto.Tests;

public sealed class EcdsaPublicKeyTests : IDisposable
{
    private static readonly byte[] Message = [1, 2, 3];

    private readonly ECDsa _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_signature_is_verified()
    {
        using var key = Import(_ecdsa);
        var signature = _ecdsa.SignData(Message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

        Assert.True(key.Verify(Message, signature));
        Assert.False(key.Verify([1, 2], signature));
        Assert.False(key.Verify(Message, []));
        signature[^1] ^= 1;
        Assert.False(key.Verify(Message, signature));
    }

    [Fact]
    public void The_plain_form_of_a_signature_is_refused()
    {
        using var key = Import(_ecdsa);
        Assert.False(key.Verify(Message, _ecdsa.SignData(Message, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public void Another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(EcdsaPublicKey.TryImport(other.ExportSubjectPublicKeyInfo(), out _));
    }

    [Fact]
    public void A_point_off_the_curve_is_refused()
    {
        var spki = _ecdsa.ExportSubjectPublicKeyInfo();
        spki[^1] ^= 1;
        Assert.False(EcdsaPublicKey.TryImport(spki, out _));
    }

    [Fact]
    public void Bytes_behind_the_key_are_refused() => Assert.False(EcdsaPublicKey.TryImport([.. _ecdsa.ExportSubjectPublicKeyInfo(), 0], out _));

    [Fact]
    public void What_is_no_ecdsa_key_is_refused()
    {
        Assert.False(EcdsaPublicKey.TryImport([], out _));
        Assert.False(EcdsaPublicKey.TryImport([0x30, 0x00], out _));
    }

    public void Dispose() => _ecdsa.Dispose();

    private static EcdsaPublicKey Import(ECDsa ecdsa)
    {
        Assert.True(EcdsaPublicKey.TryImport(ecdsa.ExportSubjectPublicKeyInfo(), out var key));
        return key;
    }
}
