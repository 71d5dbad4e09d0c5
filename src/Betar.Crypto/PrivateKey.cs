using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Crypto.Secp;

namespace Betar.Crypto;

/// <summary>
/// A secp256k1 key that lives outside the managed heap and is wiped when disposed. It signs with the nonces of
/// RFC 6979, so the same hash always gives the same bytes.
/// </summary>
public sealed class PrivateKey : IDisposable
{
    public const int Size = CheckedSecp256k1.KeySize;
    public const int PublicKeySize = CheckedSecp256k1.PublicKeySize;
    public const int SignatureSize = CheckedSecp256k1.SignatureSize;

    private readonly SecretMemory _secret;
    private readonly CheckedSecp256k1 _curve;

    // Not secret, and as much work as a signature.
    private byte[]? _publicKey;

    private PrivateKey(SecretMemory secret, CheckedSecp256k1 curve)
    {
        _secret = secret;
        _curve = curve;
    }

    public static PrivateKey Generate()
    {
        Span<byte> bytes = stackalloc byte[Size];
        try
        {
            PrivateKey? key;
            do
            {
                RandomNumberGenerator.Fill(bytes);
            }
            while (!TryImport(bytes, out key));

            return key;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>False unless there are 32 bytes that are a number in [1, n-1].</summary>
    public static bool TryImport(ReadOnlySpan<byte> key32, [NotNullWhen(true)] out PrivateKey? key) =>
        TryImport(key32, Secp256k1.Default, out key);

    public static PrivateKey Import(ReadOnlySpan<byte> key32) =>
        TryImport(key32, out var key) ? key : throw new ArgumentException("Not a secp256k1 private key.", nameof(key32));

    /// <summary>Uncompressed, X‖Y, without the 0x04 prefix.</summary>
    public void CopyPublicKey(Span<byte> publicKey64)
    {
        using var use = new Use(_secret);
        if (Volatile.Read(ref _publicKey) is not { } known)
        {
            known = new byte[PublicKeySize];
            _curve.ComputePublicKey(use.Bytes, known);
            Volatile.Write(ref _publicKey, known);
        }

        if (publicKey64.Length != PublicKeySize)
        {
            throw new ArgumentException("Wrong length.", nameof(publicKey64));
        }

        known.CopyTo(publicKey64);
    }

    /// <summary>Writes r‖s‖recovery id; s is low.</summary>
    public void Sign(ReadOnlySpan<byte> hash32, Span<byte> signature65)
    {
        using var use = new Use(_secret);
        _curve.Sign(hash32, use.Bytes, signature65);
    }

    /// <summary>Copies the secret out, for a key store; the caller wipes the copy.</summary>
    public void Export(Span<byte> key32)
    {
        using var use = new Use(_secret);
        use.Bytes.CopyTo(key32);
    }

    public void Dispose() => _secret.Dispose();

    public override string ToString() => "PrivateKey(hidden)";

    internal static bool TryImport(ReadOnlySpan<byte> key32, CheckedSecp256k1 curve, [NotNullWhen(true)] out PrivateKey? key)
    {
        key = null;
        if (key32.Length != Size || !CurveOrder.IsScalar(key32))
        {
            return false;
        }

        var secret = new SecretMemory(Size);
        key32.CopyTo(secret.Bytes);
        key = new PrivateKey(secret, curve);
        return true;
    }

    private readonly ref struct Use
    {
        private readonly SecretMemory _secret;

        internal Use(SecretMemory secret)
        {
            var added = false;
            secret.DangerousAddRef(ref added);
            _secret = secret;
        }

        internal ReadOnlySpan<byte> Bytes => _secret.Bytes;

        public void Dispose() => _secret.DangerousRelease();
    }
}
