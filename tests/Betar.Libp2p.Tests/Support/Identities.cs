using System.Security.Cryptography;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Tests.Support;

/// <summary>Identities of every kind; the slow ones are made once.</summary>
internal static class Identities
{
    private static readonly Lazy<byte[]> Rsa2048 = new(() => MakeRsa(2048));
    private static readonly Lazy<byte[]> Rsa3072 = new(() => MakeRsa(3072));

    public static IdentityKey New(KeyType type) => type switch
    {
        KeyType.Rsa => Decode(type, Rsa2048.Value),
        KeyType.Ecdsa => Decode(type, MakeEcdsa()),
        _ => IdentityKey.Generate(type),
    };

    public static IdentityKey NewRsa3072() => Decode(KeyType.Rsa, Rsa3072.Value);

    /// <summary>The shape of an RSA key of any size; nobody has its private half.</summary>
    public static byte[] RsaShape(int bits)
    {
        using var rsa = RSA.Create();
        var modulus = new byte[bits / 8];
        modulus.AsSpan().Fill(0xFF);
        rsa.ImportParameters(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
        return KeyMessage.Encode(KeyType.Rsa, rsa.ExportSubjectPublicKeyInfo());
    }

    private static IdentityKey Decode(KeyType type, byte[] data)
    {
        Assert.True(IdentityKey.TryDecode(KeyMessage.Encode(type, data), out var key));
        return key;
    }

    private static byte[] MakeRsa(int bits)
    {
        using var rsa = RSA.Create(bits);
        return rsa.ExportRSAPrivateKey();
    }

    private static byte[] MakeEcdsa()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return ecdsa.ExportECPrivateKey();
    }
}
