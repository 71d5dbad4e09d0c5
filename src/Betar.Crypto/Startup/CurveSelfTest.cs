using System.Security.Cryptography;
using System.Text;
using Betar.Crypto.Native;

namespace Betar.Crypto.Startup;

/// <summary>
/// Asks the native curves what is known to be right and known to be wrong, before anybody trusts them: a library that gives wrong
/// results must not make keys.
/// </summary>
public static class CurveSelfTest
{
    private const string Generator =
        "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

    private static readonly Lazy<string?> Fault = new(() => FindFault(new NativeCurves()));

    /// <summary>Tests once in a process.</summary>
    /// <exception cref="NativeLibraryMissingException">A library is missing or must not be used; the message says why, and what to do.</exception>
    public static void Require() => Require(Fault.Value);

    internal static void Require(string? fault)
    {
        if (fault is not null)
            throw new NativeLibraryMissingException(NativeDependency.LibCrypto, fault);
    }

    /// <summary>Null: all is right. Otherwise the first thing that is wrong, in words.</summary>
    internal static string? FindFault(ICurves curves)
    {
        try
        {
            return FindX25519(curves) ?? FindEd25519(curves) ?? FindSecp256k1(curves);
        }
        catch (Exception broken) when (broken is CryptographicException or EntryPointNotFoundException or BadImageFormatException or DllNotFoundException)
        {
            return $"it cannot be called ({broken.Message.TrimEnd('.')})";
        }
    }

    /// <summary>RFC 7748, section 6.1; then a point whose secrets everybody knows.</summary>
    private static string? FindX25519(ICurves curves)
    {
        Span<byte> shared = stackalloc byte[X25519Key.Size];
        var mine = Hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        if (!curves.TryAgree(mine, Hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"), shared)
            || !shared.SequenceEqual(Hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")))
        {
            return "X25519 gives a wrong secret";
        }

        return curves.TryAgree(mine, Hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"), shared)
            ? "X25519 takes a point of small order"
            : null;
    }

    /// <summary>RFC 8032, section 7.1, the first one; then the same signature with another s that stands for the same number.</summary>
    private static string? FindEd25519(ICurves curves)
    {
        var key = Hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        var right = Hex("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        Span<byte> signature = stackalloc byte[Ed25519.SignatureSize];
        curves.SignEd25519(Hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"), [], signature);
        if (!signature.SequenceEqual(right))
            return "Ed25519 makes a wrong signature";
        if (!curves.VerifyEd25519(key, [], right))
            return "Ed25519 refuses a right signature";
        if (curves.VerifyEd25519(key, [1], right))
            return "Ed25519 takes a signature of something else";
        byte[] respelled = [.. right[..32], .. Hex("4c8c7872aa064e049dbb3013fbf29380d25bf5f0595bbe24655141438e7a101b")];
        return curves.VerifyEd25519(key, [], respelled) ? "Ed25519 takes a second spelling of a signature" : null;
    }

    /// <summary>RFC 6979 with the key 1, a vector that the libraries of this curve share.</summary>
    private static string? FindSecp256k1(ICurves curves)
    {
        var key = new byte[PrivateKey.Size];
        key[^1] = 1;
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes("Satoshi Nakamoto"));
        var right = Hex("934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
        Span<byte> signature = stackalloc byte[65];
        curves.SignSecp256k1(key, hash, signature);
        if (!signature[..64].SequenceEqual(right))
            return "secp256k1 makes a wrong signature";
        if (!curves.VerifySecp256k1(Hex(Generator), hash, right))
            return "secp256k1 refuses a right signature";
        hash[0] ^= 1;
        return curves.VerifySecp256k1(Hex(Generator), hash, right) ? "secp256k1 takes a signature of something else" : null;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
