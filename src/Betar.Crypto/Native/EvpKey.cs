using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Betar.Crypto.Native;

/// <summary>A key inside OpenSSL. Parsed once, wiped and freed by OpenSSL when the last use has ended.</summary>
internal sealed unsafe class EvpKey : SafeHandle
{
    internal const int RawSize = 32;

    private EvpKey(nint key)
        : base(key, ownsHandle: true)
    {
    }

    public override bool IsInvalid => handle == 0;

    internal static EvpKey OpenPrivate(int type, ReadOnlySpan<byte> raw32)
    {
        fixed (byte* raw = raw32)
        {
            var key = LibCryptoKeys.EVP_PKEY_new_raw_private_key(type, 0, raw, RawSize);
            return key != 0 ? new EvpKey(key) : throw Refused();
        }
    }

    /// <summary>Null when libcrypto takes it for no key of the type.</summary>
    internal static EvpKey? TryOpenPublic(int type, ReadOnlySpan<byte> raw32)
    {
        fixed (byte* raw = raw32)
        {
            var key = LibCryptoKeys.EVP_PKEY_new_raw_public_key(type, 0, raw, RawSize);
            if (key != 0)
            {
                return new EvpKey(key);
            }
        }

        LibCrypto.ERR_clear_error();
        return null;
    }

    internal void CopyPublic(Span<byte> raw32)
    {
        nuint length = RawSize;
        fixed (byte* destination = raw32)
        {
            Ensure(LibCryptoKeys.EVP_PKEY_get_raw_public_key(this, destination, &length));
        }
    }

    internal void CopyPrivate(Span<byte> raw32)
    {
        nuint length = RawSize;
        fixed (byte* destination = raw32)
        {
            Ensure(LibCryptoKeys.EVP_PKEY_get_raw_private_key(this, destination, &length));
        }
    }

    internal static void Ensure(int result)
    {
        if (result != 1)
        {
            throw Refused();
        }
    }

    protected override bool ReleaseHandle()
    {
        LibCryptoKeys.EVP_PKEY_free(handle);
        return true;
    }

    private static CryptographicException Refused()
    {
        LibCrypto.ERR_clear_error();
        return new CryptographicException("libcrypto failed in an operation with a key.");
    }
}
