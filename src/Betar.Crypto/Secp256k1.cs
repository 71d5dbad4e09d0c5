using Betar.Crypto.Native;
using Betar.Crypto.Secp;

namespace Betar.Crypto;

/// <summary>ECDSA on secp256k1 as Ethereum uses it. Only low-s signatures are made or accepted.</summary>
public static class Secp256k1
{
    private static readonly Lazy<CheckedSecp256k1> Chosen = new(() => Choose(LibSecp256k1Backend.TryCreate, LibCryptoBackend.TryCreate));

    /// <summary>The library in use: "libsecp256k1" or "libcrypto".</summary>
    public static string Backend => Chosen.Value.Name;

    internal static CheckedSecp256k1 Default => Chosen.Value;

    /// <summary>
    /// The uncompressed key (X‖Y) that made the signature. False for a recovery id other than 0 or 1, r or s zero
    /// or not below n, high s, wrong lengths, or an r that is no x coordinate.
    /// </summary>
    public static bool TryRecover(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, int recoveryId, Span<byte> publicKey64) =>
        Default.TryRecover(hash32, rs64, recoveryId, publicKey64);

    public static bool Verify(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, ReadOnlySpan<byte> publicKey64) =>
        Default.Verify(hash32, rs64, publicKey64);

    public static bool IsLowS(ReadOnlySpan<byte> s32) => s32.Length == CurveOrder.Size && CurveOrder.IsLow(s32);

    /// <summary>True for 32 bytes that are a number in [1, n-1], as r, s and keys must be.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> value32) => value32.Length == CurveOrder.Size && CurveOrder.IsScalar(value32);

    /// <summary>X‖Y of a key in its 33-byte form; false when that is no point of the curve.</summary>
    public static bool TryDecompress(ReadOnlySpan<byte> compressed33, Span<byte> publicKey64) =>
        Default.TryDecompress(compressed33, publicKey64);

    public static void Compress(ReadOnlySpan<byte> publicKey64, Span<byte> compressed33)
    {
        compressed33[0] = (byte)(2 | (publicKey64[63] & 1));
        publicKey64[..32].CopyTo(compressed33[1..]);
    }

    /// <summary>Replaces s by n - s where s is high. Networks other than Ethereum take both spellings.</summary>
    public static void MakeLowS(Span<byte> rs64)
    {
        if (IsScalar(rs64[32..]) && !IsLowS(rs64[32..]))
        {
            CurveOrder.Negate(rs64[32..]);
        }
    }

    /// <summary>The first that can be had; without any, the error names what .NET on this system needs anyway.</summary>
    internal static CheckedSecp256k1 Choose(Func<ISecp256k1Backend?> preferred, Func<ISecp256k1Backend?> fallback) =>
        new(preferred() ?? fallback() ?? throw new NativeLibraryMissingException(NativeDependency.LibCrypto));
}
