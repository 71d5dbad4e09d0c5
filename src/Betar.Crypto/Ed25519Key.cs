using System.Security.Cryptography;
using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>An Ed25519 private key that stays inside OpenSSL and is wiped there when disposed.</summary>
public sealed unsafe class Ed25519Key : IDisposable
{
    private readonly EvpKey _key;

    private Ed25519Key(EvpKey key) => _key = key;

    public static Ed25519Key Generate()
    {
        Span<byte> seed = stackalloc byte[Ed25519.SeedSize];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return Import(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    public static Ed25519Key Import(ReadOnlySpan<byte> seed32) => seed32.Length == Ed25519.SeedSize
        ? new Ed25519Key(EvpKey.OpenPrivate(LibCryptoKeys.Ed25519, seed32))
        : throw new ArgumentException("Wrong length.", nameof(seed32));

    public void CopyPublicKey(Span<byte> publicKey32)
    {
        Ed25519.Require(publicKey32.Length == Ed25519.PublicKeySize, nameof(publicKey32));
        _key.CopyPublic(publicKey32);
    }

    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature64)
    {
        Ed25519.Require(signature64.Length == Ed25519.SignatureSize, nameof(signature64));
        var context = LibCryptoKeys.EVP_MD_CTX_new();
        try
        {
            nuint length = Ed25519.SignatureSize;
            EvpKey.Ensure(LibCryptoKeys.EVP_DigestSignInit(context, 0, 0, 0, _key));
            fixed (byte* input = message, output = signature64)
            {
                EvpKey.Ensure(LibCryptoKeys.EVP_DigestSign(context, output, &length, input, (nuint)message.Length));
            }
        }
        finally
        {
            LibCryptoKeys.EVP_MD_CTX_free(context);
        }
    }

    /// <summary>Copies the seed out, for a key store; the caller wipes the copy.</summary>
    public void Export(Span<byte> seed32)
    {
        Ed25519.Require(seed32.Length == Ed25519.SeedSize, nameof(seed32));
        _key.CopyPrivate(seed32);
    }

    public void Dispose() => _key.Dispose();

    public override string ToString() => "Ed25519Key(hidden)";
}
