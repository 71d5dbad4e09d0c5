using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>Ed25519 (RFC 8032) through OpenSSL; the private key is its 32-byte seed.</summary>
public static unsafe class Ed25519
{
    public const int SeedSize = 32;
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    public static void PublicKeyFromSeed(ReadOnlySpan<byte> seed32, Span<byte> publicKey32)
    {
        using var key = Ed25519Key.Import(seed32);
        key.CopyPublicKey(publicKey32);
    }

    public static void Sign(ReadOnlySpan<byte> seed32, ReadOnlySpan<byte> message, Span<byte> signature64)
    {
        using var key = Ed25519Key.Import(seed32);
        key.Sign(message, signature64);
    }

    /// <summary>False for the wrong length, for a point of small order, under which anything verifies, and for a second spelling of a point.</summary>
    public static bool MayBePublicKey(ReadOnlySpan<byte> publicKey) => publicKey.Length == PublicKeySize && Ed25519Points.IsHonest(publicKey);

    /// <summary>False for a wrong signature, for input of the wrong length, and for a key that <see cref="MayBePublicKey"/> refuses.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64)
    {
        if (!MayBePublicKey(publicKey32) || signature64.Length != SignatureSize)
        {
            return false;
        }

        using var key = EvpKey.TryOpenPublic(LibCryptoKeys.Ed25519, publicKey32);
        var context = LibCryptoKeys.EVP_MD_CTX_new();
        try
        {
            fixed (byte* input = message, signature = signature64)
            {
                var valid = key is not null
                    && LibCryptoKeys.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                    && LibCryptoKeys.EVP_DigestVerify(context, signature, SignatureSize, input, (nuint)message.Length) == 1;
                if (!valid)
                {
                    LibCrypto.ERR_clear_error();
                }

                return valid;
            }
        }
        finally
        {
            LibCryptoKeys.EVP_MD_CTX_free(context);
        }
    }

    internal static void Require(bool condition, string name)
    {
        if (!condition)
        {
            throw new ArgumentException("Wrong length.", name);
        }
    }
}
