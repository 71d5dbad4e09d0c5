using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>Key derivation of OpenSSL 3.</summary>
internal static unsafe partial class LibCryptoDerivation
{
    static LibCryptoDerivation() => NativeLoader.Register();

    [LibraryImport("libcrypto")]
    internal static partial int EVP_PBE_scrypt(
        byte* password, nuint passwordLength, byte* salt, nuint saltLength,
        ulong n, ulong r, ulong p, ulong maxMemory, byte* key, nuint keyLength);
}
