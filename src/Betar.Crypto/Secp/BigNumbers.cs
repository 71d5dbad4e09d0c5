using System.Security.Cryptography;
using Betar.Crypto.Native;

namespace Betar.Crypto.Secp;

/// <summary>The temporaries of one operation: numbers and points that are wiped and freed together.</summary>
internal readonly unsafe ref struct BigNumbers
{
    internal BigNumbers(nint group)
    {
        Context = NotNull(LibCrypto.BN_CTX_secure_new());
        LibCrypto.BN_CTX_start(Context);
        PointA = NotNull(LibCrypto.EC_POINT_new(group));
        PointB = NotNull(LibCrypto.EC_POINT_new(group));
    }

    internal nint Context { get; }

    internal nint PointA { get; }

    internal nint PointB { get; }

    internal static void Ensure(int result)
    {
        if (result != 1)
        {
            LibCrypto.ERR_clear_error();
            throw new CryptographicException("libcrypto failed in big-number or curve arithmetic.");
        }
    }

    internal static nint NotNull(nint pointer) =>
        pointer != 0 ? pointer : throw new CryptographicException("libcrypto could not allocate.");

    internal nint New() => NotNull(LibCrypto.BN_CTX_get(Context));

    internal nint Read(ReadOnlySpan<byte> bytes)
    {
        var number = New();
        fixed (byte* source = bytes)
        {
            NotNull(LibCrypto.BN_bin2bn(source, bytes.Length, number));
        }

        return number;
    }

    internal nint ReadSecret(ReadOnlySpan<byte> bytes)
    {
        var number = Read(bytes);
        LibCrypto.BN_set_flags(number, LibCrypto.BnFlagConstantTime);
        return number;
    }

    internal static void Write(nint number, Span<byte> bytes)
    {
        fixed (byte* destination = bytes)
        {
            if (LibCrypto.BN_bn2binpad(number, destination, bytes.Length) != bytes.Length)
            {
                throw new CryptographicException("A number is longer than its field.");
            }
        }
    }

    public void Dispose()
    {
        LibCrypto.EC_POINT_clear_free(PointA);
        LibCrypto.EC_POINT_clear_free(PointB);

        // Freeing the context clears every number that came from it.
        LibCrypto.BN_CTX_end(Context);
        LibCrypto.BN_CTX_free(Context);
    }
}
