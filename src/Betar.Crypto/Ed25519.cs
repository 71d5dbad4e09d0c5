using System.Security.Cryptography;
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
        Require(seed32.Length == SeedSize, nameof(seed32));
        Require(publicKey32.Length == PublicKeySize, nameof(publicKey32));
        var key = OpenPrivate(seed32);
        try
        {
            nuint length = PublicKeySize;
            fixed (byte* destination = publicKey32)
            {
                Ensure(LibCryptoKeys.EVP_PKEY_get_raw_public_key(key, destination, &length));
            }
        }
        finally
        {
            LibCryptoKeys.EVP_PKEY_free(key);
        }
    }

    public static void Sign(ReadOnlySpan<byte> seed32, ReadOnlySpan<byte> message, Span<byte> signature64)
    {
        Require(seed32.Length == SeedSize, nameof(seed32));
        Require(signature64.Length == SignatureSize, nameof(signature64));
        var key = OpenPrivate(seed32);
        var context = LibCryptoKeys.EVP_MD_CTX_new();
        try
        {
            nuint length = SignatureSize;
            Ensure(LibCryptoKeys.EVP_DigestSignInit(context, 0, 0, 0, key));
            fixed (byte* input = message, output = signature64)
            {
                Ensure(LibCryptoKeys.EVP_DigestSign(context, output, &length, input, (nuint)message.Length));
            }
        }
        finally
        {
            LibCryptoKeys.EVP_MD_CTX_free(context);
            LibCryptoKeys.EVP_PKEY_free(key);
        }
    }

    /// <summary>False for a wrong signature and for input of the wrong length.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey32, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature64)
    {
        if (publicKey32.Length != PublicKeySize || signature64.Length != SignatureSize)
        {
            return false;
        }

        nint key;
        fixed (byte* bytes = publicKey32)
        {
            key = LibCryptoKeys.EVP_PKEY_new_raw_public_key(LibCryptoKeys.Ed25519, 0, bytes, PublicKeySize);
        }

        var context = LibCryptoKeys.EVP_MD_CTX_new();
        try
        {
            fixed (byte* input = message, signature = signature64)
            {
                var valid = key != 0
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
            LibCryptoKeys.EVP_PKEY_free(key);
        }
    }

    private static nint OpenPrivate(ReadOnlySpan<byte> seed32)
    {
        fixed (byte* seed = seed32)
        {
            var key = LibCryptoKeys.EVP_PKEY_new_raw_private_key(LibCryptoKeys.Ed25519, 0, seed, SeedSize);
            return key != 0 ? key : throw new CryptographicException("libcrypto refused an Ed25519 seed.");
        }
    }

    private static void Ensure(int result)
    {
        if (result != 1)
        {
            LibCrypto.ERR_clear_error();
            throw new CryptographicException("libcrypto failed in an Ed25519 operation.");
        }
    }

    private static void Require(bool condition, string name)
    {
        if (!condition)
        {
            throw new ArgumentException("Wrong length.", name);
        }
    }
}
