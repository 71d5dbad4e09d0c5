using System.Security.Cryptography;
using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>One side of a Diffie-Hellman agreement on Curve25519 (RFC 7748). The private half stays inside OpenSSL.</summary>
public sealed unsafe class X25519Key : IDisposable
{
    public const int Size = 32;

    private readonly EvpKey _key;

    private X25519Key(EvpKey key) => _key = key;

    public static X25519Key Generate()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomNumberGenerator.Fill(bytes);
        try
        {
            return Import(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    public static X25519Key Import(ReadOnlySpan<byte> private32)
    {
        Require(private32, nameof(private32));
        return new X25519Key(EvpKey.OpenPrivate(LibCryptoKeys.X25519, private32));
    }

    public void CopyPublicKey(Span<byte> public32)
    {
        Require(public32, nameof(public32));
        _key.CopyPublic(public32);
    }

    /// <summary>
    /// False, and a cleared secret, when their key is of the wrong length or of small order: the secret would be all zero whatever
    /// our key is.
    /// </summary>
    public bool TryAgree(ReadOnlySpan<byte> theirs32, Span<byte> shared32)
    {
        Require(shared32, nameof(shared32));
        shared32.Clear();
        if (theirs32.Length != Size)
        {
            return false;
        }

        using var theirs = EvpKey.TryOpenPublic(LibCryptoKeys.X25519, theirs32);
        if (theirs is not null && Derive(theirs, shared32) && !CryptographicOperations.FixedTimeEquals(shared32, stackalloc byte[Size]))
        {
            return true;
        }

        LibCrypto.ERR_clear_error();
        shared32.Clear();
        return false;
    }

    public void Dispose() => _key.Dispose();

    public override string ToString() => "X25519Key(hidden)";

    private bool Derive(EvpKey theirs, Span<byte> shared32)
    {
        var context = LibCryptoKeys.EVP_PKEY_CTX_new(_key, 0);
        try
        {
            nuint length = Size;
            fixed (byte* secret = shared32)
            {
                return LibCryptoKeys.EVP_PKEY_derive_init(context) == 1
                    && LibCryptoKeys.EVP_PKEY_derive_set_peer(context, theirs) == 1
                    && LibCryptoKeys.EVP_PKEY_derive(context, secret, &length) == 1
                    && length == Size;
            }
        }
        finally
        {
            LibCryptoKeys.EVP_PKEY_CTX_free(context);
        }
    }

    private static void Require(ReadOnlySpan<byte> key32, string name)
    {
        if (key32.Length != Size)
        {
            throw new ArgumentException("Wrong length.", name);
        }
    }
}
