using System.Runtime.InteropServices;

namespace Betar.Crypto.Native;

/// <summary>Big numbers and curve points of OpenSSL 3; the names are OpenSSL's, so that its manual pages apply.</summary>
internal static unsafe partial class LibCrypto
{
    internal const int NidSecp256k1 = 714;
    internal const int BnFlagConstantTime = 0x04;

    private const string Library = "libcrypto";

    static LibCrypto() => NativeLoader.Register();

    [LibraryImport(Library)]
    internal static partial void ERR_clear_error();

    [LibraryImport(Library)]
    internal static partial nint BN_CTX_secure_new();

    [LibraryImport(Library)]
    internal static partial void BN_CTX_start(nint context);

    [LibraryImport(Library)]
    internal static partial nint BN_CTX_get(nint context);

    [LibraryImport(Library)]
    internal static partial void BN_CTX_end(nint context);

    [LibraryImport(Library)]
    internal static partial void BN_CTX_free(nint context);

    [LibraryImport(Library)]
    internal static partial nint BN_bin2bn(byte* source, int length, nint result);

    [LibraryImport(Library)]
    internal static partial int BN_bn2binpad(nint number, byte* destination, int length);

    [LibraryImport(Library)]
    internal static partial void BN_set_flags(nint number, int flags);

    [LibraryImport(Library)]
    internal static partial int BN_set_word(nint number, nuint value);

    [LibraryImport(Library)]
    internal static partial int BN_is_zero(nint number);

    [LibraryImport(Library)]
    internal static partial int BN_is_odd(nint number);

    [LibraryImport(Library)]
    internal static partial int BN_cmp(nint left, nint right);

    [LibraryImport(Library)]
    internal static partial int BN_sub(nint result, nint left, nint right);

    [LibraryImport(Library)]
    internal static partial int BN_nnmod(nint result, nint number, nint modulus, nint context);

    [LibraryImport(Library)]
    internal static partial int BN_mod_add(nint result, nint left, nint right, nint modulus, nint context);

    [LibraryImport(Library)]
    internal static partial int BN_mod_sub(nint result, nint left, nint right, nint modulus, nint context);

    [LibraryImport(Library)]
    internal static partial int BN_mod_mul(nint result, nint left, nint right, nint modulus, nint context);

    [LibraryImport(Library)]
    internal static partial nint BN_mod_inverse(nint result, nint number, nint modulus, nint context);

    [LibraryImport(Library)]
    internal static partial int BN_mod_exp_mont_consttime(nint result, nint number, nint power, nint modulus, nint context, nint montgomery);

    [LibraryImport(Library)]
    internal static partial int BN_priv_rand_range(nint result, nint range);

    [LibraryImport(Library)]
    internal static partial nint EC_GROUP_new_by_curve_name(int nid);

    [LibraryImport(Library)]
    internal static partial nint EC_GROUP_get0_order(nint group);

    [LibraryImport(Library)]
    internal static partial nint EC_GROUP_get0_field(nint group);

    [LibraryImport(Library)]
    internal static partial nint EC_POINT_new(nint group);

    [LibraryImport(Library)]
    internal static partial void EC_POINT_clear_free(nint point);

    [LibraryImport(Library)]
    internal static partial int EC_POINT_mul(nint group, nint result, nint generatorFactor, nint point, nint pointFactor, nint context);

    [LibraryImport(Library)]
    internal static partial int EC_POINT_is_at_infinity(nint group, nint point);

    [LibraryImport(Library)]
    internal static partial int EC_POINT_get_affine_coordinates(nint group, nint point, nint x, nint y, nint context);

    [LibraryImport(Library)]
    internal static partial int EC_POINT_set_affine_coordinates(nint group, nint point, nint x, nint y, nint context);

    [LibraryImport(Library)]
    internal static partial int EC_POINT_set_compressed_coordinates(nint group, nint point, nint x, int yIsOdd, nint context);
}
