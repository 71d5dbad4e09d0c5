using System.Security.Cryptography;
using Betar.Crypto.Native;

namespace Betar.Crypto.Secp;

internal sealed unsafe class LibSecp256k1Backend : ISecp256k1Backend
{
    private const int SerializedSize = 65;
    private const byte UncompressedPrefix = 0x04;

    // One context for the life of the process: every call below only reads it, so threads may share it.
    private readonly nint _context;

    private LibSecp256k1Backend(nint context) => _context = context;

    public string Name => "libsecp256k1";

    /// <summary>Null when the library is absent or was built without its recovery module.</summary>
    internal static LibSecp256k1Backend? TryCreate()
    {
        if (!NativeLoader.TryLoad(NativeDependency.LibSecp256k1, out var library, out _)
            || !System.Runtime.InteropServices.NativeLibrary.TryGetExport(library, "secp256k1_ecdsa_recover", out _))
        {
            return null;
        }

        var context = LibSecp256k1.ContextCreate(LibSecp256k1.SignAndVerify);
        Span<byte> seed = stackalloc byte[32];
        RandomNumberGenerator.Fill(seed);
        fixed (byte* seedBytes = seed)
        {
            Ensure(LibSecp256k1.ContextRandomize(context, seedBytes));
        }

        CryptographicOperations.ZeroMemory(seed);
        return new LibSecp256k1Backend(context);
    }

    public void ComputePublicKey(ReadOnlySpan<byte> key32, Span<byte> publicKey64)
    {
        var point = stackalloc byte[LibSecp256k1.PublicKeySize];
        fixed (byte* key = key32)
        {
            Ensure(LibSecp256k1.PublicKeyCreate(_context, point, key));
        }

        Serialize(point, publicKey64);
    }

    public void Sign(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> key32, Span<byte> signature65)
    {
        var signature = stackalloc byte[LibSecp256k1.RecoverableSize];
        int recoveryId;
        fixed (byte* hash = hash32, key = key32, output = signature65)
        {
            Ensure(LibSecp256k1.SignRecoverable(_context, signature, hash, key, 0, 0));
            Ensure(LibSecp256k1.RecoverableSerialize(_context, output, &recoveryId, signature));
        }

        signature65[64] = (byte)recoveryId;
    }

    public bool TryRecover(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, int recoveryId, Span<byte> publicKey64)
    {
        var signature = stackalloc byte[LibSecp256k1.RecoverableSize];
        var point = stackalloc byte[LibSecp256k1.PublicKeySize];
        fixed (byte* hash = hash32, rs = rs64)
        {
            if (LibSecp256k1.RecoverableParse(_context, signature, rs, recoveryId) == 0
                || LibSecp256k1.Recover(_context, point, signature, hash) == 0)
            {
                return false;
            }
        }

        Serialize(point, publicKey64);
        return true;
    }

    public bool Verify(ReadOnlySpan<byte> hash32, ReadOnlySpan<byte> rs64, ReadOnlySpan<byte> publicKey64)
    {
        var signature = stackalloc byte[LibSecp256k1.SignatureSize];
        var point = stackalloc byte[LibSecp256k1.PublicKeySize];
        var serialized = stackalloc byte[SerializedSize];
        serialized[0] = UncompressedPrefix;
        publicKey64.CopyTo(new Span<byte>(serialized + 1, SerializedSize - 1));
        fixed (byte* hash = hash32, rs = rs64)
        {
            return LibSecp256k1.PublicKeyParse(_context, point, serialized, SerializedSize) != 0
                && LibSecp256k1.SignatureParse(_context, signature, rs) != 0
                && LibSecp256k1.Verify(_context, signature, hash, point) != 0;
        }
    }

    public bool TryDecompress(ReadOnlySpan<byte> compressed33, Span<byte> publicKey64)
    {
        var point = stackalloc byte[LibSecp256k1.PublicKeySize];
        fixed (byte* compressed = compressed33)
        {
            if (LibSecp256k1.PublicKeyParse(_context, point, compressed, (nuint)compressed33.Length) == 0)
            {
                return false;
            }
        }

        Serialize(point, publicKey64);
        return true;
    }

    private void Serialize(byte* point, Span<byte> publicKey64)
    {
        var serialized = stackalloc byte[SerializedSize];
        nuint length = SerializedSize;
        Ensure(LibSecp256k1.PublicKeySerialize(_context, serialized, &length, point, LibSecp256k1.Uncompressed));
        new ReadOnlySpan<byte>(serialized + 1, SerializedSize - 1).CopyTo(publicKey64);
    }

    private static void Ensure(int result)
    {
        if (result == 0)
        {
            throw new CryptographicException("libsecp256k1 refused an argument that was checked before.");
        }
    }
}
