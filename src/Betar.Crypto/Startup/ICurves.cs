namespace Betar.Crypto.Startup;

/// <summary>The curves of the native libraries, as far as the test at the start asks them.</summary>
internal interface ICurves
{
    bool TryAgree(ReadOnlySpan<byte> private32, ReadOnlySpan<byte> theirs32, Span<byte> shared32);

    void SignEd25519(ReadOnlySpan<byte> seed32, ReadOnlySpan<byte> message, Span<byte> signature64);

    bool VerifyEd25519(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64);

    void SignSecp256k1(ReadOnlySpan<byte> key32, ReadOnlySpan<byte> hash32, Span<byte> signature65);

    bool VerifySecp256k1(ReadOnlySpan<byte> publicKey64, ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64);
}
