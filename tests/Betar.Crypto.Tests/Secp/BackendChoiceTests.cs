using Betar.Crypto.Native;
using Betar.Crypto.Secp;

namespace Betar.Crypto.Tests.Secp;

public class BackendChoiceTests
{
    [Fact]
    public void The_preferred_one_is_taken_and_the_other_is_not_even_opened()
    {
        var opened = false;
        var curve = Secp256k1.Choose(LibSecp256k1Backend.TryCreate, () =>
        {
            opened = true;
            return null;
        });
        Assert.Equal("libsecp256k1", curve.Name);
        Assert.False(opened);
    }

    [Fact]
    public void Without_it_the_other_does_the_work()
    {
        var curve = Secp256k1.Choose(() => null, LibCryptoBackend.TryCreate);
        Assert.Equal("libcrypto", curve.Name);
        Assert.True(PrivateKey.TryImport(Bytes.Be32(7), curve, out var key));
        using (key)
        {
            var hash = Keccak256.Hash("fallback"u8);
            var signature = new byte[65];
            key.Sign(hash, signature);
            var recovered = new byte[64];
            Assert.True(Secp256k1.TryRecover(hash, signature.AsSpan(0, 64), signature[64], recovered));
            Assert.True(curve.Verify(hash, signature.AsSpan(0, 64), recovered));
        }
    }

    [Fact]
    public void Without_either_the_error_says_what_to_install()
    {
        var error = Assert.Throws<NativeLibraryMissingException>(() => Secp256k1.Choose(() => null, () => null));
        Assert.Same(NativeDependency.LibCrypto, error.Dependency);
        Assert.Contains("libssl3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_backends_hide_behind_one_surface()
    {
        foreach (var name in Backends.Names)
        {
            var curve = Backends.Open(name);
            using var key = Backends.Key(curve, Bytes.Be32(3));
            var hash = Keccak256.Hash("surface"u8);
            var signature = new byte[65];
            key.Sign(hash, signature);
            var publicKey = new byte[64];
            key.CopyPublicKey(publicKey);
            Assert.InRange(signature[64], 0, 1);
            Assert.True(Secp256k1.IsLowS(signature.AsSpan(32, 32)));
            foreach (var other in Backends.Names)
            {
                Assert.True(Backends.Open(other).Verify(hash, signature.AsSpan(0, 64), publicKey), $"{name} signed, {other} refused");
            }
        }
    }
}
