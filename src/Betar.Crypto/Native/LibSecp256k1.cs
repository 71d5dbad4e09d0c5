using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>The functions of libsecp256k1 that are called; names and order of arguments are the library's.</summary>
internal static unsafe partial class LibSecp256k1
{
    internal const uint SignAndVerify = 0x0301;
    internal const uint Uncompressed = 2;
    internal const int PublicKeySize = 64;
    internal const int SignatureSize = 64;
    internal const int RecoverableSize = 65;

    private const string Library = "libsecp256k1";

    static LibSecp256k1() => NativeLoader.Register();

    [LibraryImport(Library, EntryPoint = "secp256k1_context_create")]
    internal static partial nint ContextCreate(uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_context_randomize")]
    internal static partial int ContextRandomize(nint context, byte* seed32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_create")]
    internal static partial int PublicKeyCreate(nint context, byte* publicKey, byte* key32);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_parse")]
    internal static partial int PublicKeyParse(nint context, byte* publicKey, byte* input, nuint length);

    [LibraryImport(Library, EntryPoint = "secp256k1_ec_pubkey_serialize")]
    internal static partial int PublicKeySerialize(nint context, byte* output, nuint* length, byte* publicKey, uint flags);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_signature_parse_compact")]
    internal static partial int SignatureParse(nint context, byte* signature, byte* rs64);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_verify")]
    internal static partial int Verify(nint context, byte* signature, byte* hash32, byte* publicKey);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_sign_recoverable")]
    internal static partial int SignRecoverable(nint context, byte* signature, byte* hash32, byte* key32, nint nonceFunction, nint nonceData);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_parse_compact")]
    internal static partial int RecoverableParse(nint context, byte* signature, byte* rs64, int recoveryId);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recoverable_signature_serialize_compact")]
    internal static partial int RecoverableSerialize(nint context, byte* rs64, int* recoveryId, byte* signature);

    [LibraryImport(Library, EntryPoint = "secp256k1_ecdsa_recover")]
    internal static partial int Recover(nint context, byte* publicKey, byte* signature, byte* hash32);
}
