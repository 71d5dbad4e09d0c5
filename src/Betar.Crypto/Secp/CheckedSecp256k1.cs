namespace Betar.Crypto.Secp;

/// <summary>The rules that hold on every backend, in front of one of them.</summary>
internal sealed class CheckedSecp256k1(ISecp256k1Backend backend)
{
    internal const int KeySize = 32;
    internal const int HashSize = 32;
    internal const int PublicKeySize = 64;
    internal const int RsSize = 64;
    internal const int SignatureSize = 65;
    internal const int CompressedSize = 33;

    internal string Name => backend.Name;

    internal void ComputePublicKey(ReadOnlySpan<byte> key32, Span<byte> publicKey64)
    {
        Require(publicKey64.Length == PublicKeySize, nameof(publicKey64));
        backend.ComputePublicKey(key32, publicKey64);
    }

    internal void Sign(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> key32, Span<byte> signature65)
    {
        Require(hash32.Length == HashSize, nameof(hash32));
        Require(signature65.Length == SignatureSize, nameof(signature65));
        Span<byte> reduced = stackalloc byte[HashSize];
        CurveOrder.Reduce(hash32, reduced);
        backend.Sign(reduced, key32, signature65);
    }

    internal bool TryRecover(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, int recoveryId, Span<byte> publicKey64)
    {
        Require(publicKey64.Length == PublicKeySize, nameof(publicKey64));
        if (recoveryId is not (0 or 1) || !IsAcceptable(hash32, rs64))
        {
            return false;
        }

        Span<byte> reduced = stackalloc byte[HashSize];
        CurveOrder.Reduce(hash32, reduced);
        return backend.TryRecover(reduced, rs64, recoveryId, publicKey64);
    }

    internal bool Verify(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, ReadOnlySpan<byte> publicKey64)
    {
        if (publicKey64.Length != PublicKeySize || !IsAcceptable(hash32, rs64))
        {
            return false;
        }

        Span<byte> reduced = stackalloc byte[HashSize];
        CurveOrder.Reduce(hash32, reduced);
        return backend.Verify(reduced, rs64, publicKey64);
    }

    internal bool TryDecompress(ReadOnlySpan<byte> compressed33, Span<byte> publicKey64)
    {
        Require(publicKey64.Length == PublicKeySize, nameof(publicKey64));
        return compressed33.Length == CompressedSize && compressed33[0] is (2 or 3) && backend.TryDecompress(compressed33, publicKey64);
    }

    private static bool IsAcceptable(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64) =>
        hash32.Length == HashSize
        && rs64.Length == RsSize
        && CurveOrder.IsScalar(rs64[..CurveOrder.Size])
        && CurveOrder.IsScalar(rs64[CurveOrder.Size..])
        && CurveOrder.IsLow(rs64[CurveOrder.Size..]);

    private static void Require(bool condition, string name)
    {
        if (!condition)
        {
            throw new ArgumentException("Wrong length.", name);
        }
    }
}
