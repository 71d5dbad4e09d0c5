using Betar.Crypto.Secp;

namespace Betar.Crypto.Tests.Secp;

/// <summary>
/// Both backends, so that every test of the curve runs on each. A missing library fails the tests of its backend;
/// nothing is skipped.
/// </summary>
public static class Backends
{
    public static TheoryData<string> Names => ["libsecp256k1", "libcrypto"];

    internal static CheckedSecp256k1 Open(string name)
    {
        ISecp256k1Backend? backend = name == "libcrypto" ? LibCryptoBackend.TryCreate() : LibSecp256k1Backend.TryCreate();
        Assert.True(backend is not null, $"{name} is not installed; these tests need both backends.");
        Assert.Equal(name, backend!.Name);
        return new CheckedSecp256k1(backend);
    }

    internal static PrivateKey Key(CheckedSecp256k1 curve, ReadOnlySpan<byte> key32)
    {
        Assert.True(PrivateKey.TryImport(key32, curve, out var key));
        return key!;
    }

    internal static byte[] Sign(string name, ReadOnlySpan<byte> key32, ReadOnlySpan<byte> hash32)
    {
        using var key = Key(Open(name), key32);
        var signature = new byte[65];
        key.Sign(hash32, signature);
        return signature;
    }

    internal static byte[] PublicKey(string name, ReadOnlySpan<byte> key32)
    {
        using var key = Key(Open(name), key32);
        var publicKey = new byte[64];
        key.CopyPublicKey(publicKey);
        return publicKey;
    }
}
