using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>An RSA key of somebody else, of a size whose verification costs neither too little nor too much.</summary>
public sealed class RsaPublicKey : IDisposable
{
    public const int MinBits = 2048;
    public const int MaxBits = 8192;

    // A long exponent makes verification as slow as signing.
    private const int MaxExponentBytes = 4;

    private readonly RSA _key;

    private RsaPublicKey(RSA key) => _key = key;

    public int Bits => _key.KeySize;

    /// <summary>False for anything but one SubjectPublicKeyInfo of an RSA key within the bounds.</summary>
    public static bool TryImport(ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out RsaPublicKey? key)
    {
        key = null;
        var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            if (read == subjectPublicKeyInfo.Length && IsAcceptable(rsa))
            {
                key = new RsaPublicKey(rsa);
            }
        }
        catch (CryptographicException)
        {
            // No such key.
        }
        finally
        {
            if (key is null)
            {
                rsa.Dispose();
            }
        }

        return key is not null;
    }

    /// <summary>The size of an RSA key whether it would be taken or not; null for what is no RSA key at all.</summary>
    public static int? ReadBits(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            return read == subjectPublicKeyInfo.Length ? rsa.KeySize : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>PKCS#1 v1.5 over SHA-256.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose() => _key.Dispose();

    private static bool IsAcceptable(RSA rsa)
    {
        if (rsa.KeySize is < MinBits or > MaxBits)
        {
            return false;
        }

        var exponent = rsa.ExportParameters(includePrivateParameters: false).Exponent!;
        return exponent.Length <= MaxExponentBytes && (exponent[^1] & 1) == 1 && exponent is not [1];
    }
}
