namespace Betar.Crypto.Secp;

/// <summary>
/// The curve arithmetic of one native library. Callers have checked lengths and ranges: keys and r, s are in
/// [1, n-1], s is low, the hash is reduced mod n; so both libraries see the same numbers and give the same bytes.
/// </summary>
internal interface ISecp256k1Backend
{
    string Name { get; }

    void ComputePublicKey(ReadOnlySpan<byte> key32, Span<byte> publicKey64);

    void Sign(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> key32, Span<byte> signature65);

    bool TryRecover(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, int recoveryId, Span<byte> publicKey64);

    bool Verify(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, ReadOnlySpan<byte> publicKey64);

    /// <summary>X‖Y of a point that was written as its prefix (2 or 3) and X. False when no such point is on the curve.</summary>
    bool TryDecompress(ReadOnlySpan<byte> compressed33, Span<byte> publicKey64);
}
