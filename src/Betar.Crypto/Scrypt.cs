using Betar.Crypto.Native;

namespace Betar.Crypto;

/// <summary>The password derivation of RFC 7914, through OpenSSL.</summary>
public static unsafe class Scrypt
{
    private const int BlockUnit = 128;
    private const int LargestFactor = 1 << 29;
    private const int LargestOfOneBlock = 1 << 15;

    /// <summary>What a derivation takes: N blocks of 128 r bytes, and p more beside them.</summary>
    public static ulong MemoryOf(int n, int r, int p)
    {
        CheckFactors(n, r, p);
        return (ulong)BlockUnit * (ulong)r * ((ulong)n + (ulong)p + 2);
    }

    /// <param name="password">Any bytes.</param>
    /// <param name="salt">Any bytes.</param>
    /// <param name="n">The cost: a power of two above 1.</param>
    /// <param name="r">The size of a block.</param>
    /// <param name="p">How often.</param>
    /// <param name="key">Where the derived bytes go; its length is how many.</param>
    /// <exception cref="InsufficientMemoryException">The machine has not as much memory as <see cref="MemoryOf"/> says.</exception>
    public static void Derive(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int n, int r, int p, Span<byte> key)
    {
        var memory = MemoryOf(n, r, p);
        if (key.IsEmpty)
        {
            throw new ArgumentException("At least one byte is derived.", nameof(key));
        }

        if (r == 1 && n > LargestOfOneBlock)
        {
            ScryptMixer.Derive(password, salt, n, r, p, key);
            return;
        }

        // OpenSSL takes no null pointers, not even for nothing.
        byte none = 0;
        fixed (byte* passwordBytes = password, saltBytes = salt, keyBytes = key)
        {
            if (LibCryptoDerivation.EVP_PBE_scrypt(
                passwordBytes is null ? &none : passwordBytes, (nuint)password.Length,
                saltBytes is null ? &none : saltBytes, (nuint)salt.Length,
                (ulong)n, (ulong)r, (ulong)p, memory, keyBytes, (nuint)key.Length) != 1)
            {
                LibCrypto.ERR_clear_error();
                throw new InsufficientMemoryException($"scrypt could not get {memory} bytes.");
            }
        }
    }

    private static void CheckFactors(int n, int r, int p)
    {
        if (n < 2 || !int.IsPow2(n))
        {
            throw new ArgumentOutOfRangeException(nameof(n), "A power of two above 1.");
        }

        if (r < 1 || p < 1 || (long)r * p > LargestFactor)
        {
            throw new ArgumentOutOfRangeException(nameof(r), "r and p are at least 1 and their product is below 2^30.");
        }
    }
}
