using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Betar.Crypto;

/// <summary>An ECDSA key of somebody else on the curve P-256.</summary>
public sealed class EcdsaPublicKey : IDisposable
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ECDsa _key;

    private EcdsaPublicKey(ECDsa key) => _key = key;

    /// <summary>False for anything but one SubjectPublicKeyInfo that names P-256 and holds a point of it.</summary>
    public static bool TryImport(ReadOnlySpan<byte> subjectPublicKeyInfo, [NotNullWhen(true)] out EcdsaPublicKey? key)
    {
        key = null;
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out var read);
            var curve = ecdsa.ExportParameters(includePrivateParameters: false).Curve;
            if (read == subjectPublicKeyInfo.Length && curve.IsNamed && curve.Oid.Value == P256)
            {
                key = new EcdsaPublicKey(ecdsa);
            }
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            // No such key, or a curve that this system does not have.
        }
        finally
        {
            if (key is null)
            {
                ecdsa.Dispose();
            }
        }

        return key is not null;
    }

    /// <summary>DER over SHA-256.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}
