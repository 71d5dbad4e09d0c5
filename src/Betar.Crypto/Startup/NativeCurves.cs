using Betar.Crypto.Secp;

namespace Betar.Crypto.Startup;

internal sealed class NativeCurves : ICurves
{
    public bool TryAgree(ReadOnlySpan<byte> private32, ReadOnlySpan<byte> theirs32, Span<byte> shared32)
    {
        using var key = X25519Key.Import(private32);
        return key.TryAgree(theirs32, shared32);
    }

    public void SignEd25519(ReadOnlySpan<byte> seed32, ReadOnlySpan<byte> message, Span<byte> signature64) => Ed25519.Sign(seed32, message, signature64);

    public bool VerifyEd25519(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64) =>
        Ed25519.Verify(publicKey32, message, signature64);

    public void SignSecp256k1(ReadOnlySpan<byte> key32, ReadOnlySpan<byte> hash32, Span<byte> signature65) => Secp256k1.Default.Sign(hash32, key32, signature65);

    public bool VerifySecp256k1(ReadOnlySpan<byte> publicKey64, ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64) => Secp256k1.Verify(hash32, rs64, publicKey64);
}
