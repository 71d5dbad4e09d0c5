using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Betar.Libp2p.Security.Tls;

/// <summary>Whether a certificate's signature is its own key's. Chain building does not look at the signature of what it trusts.</summary>
internal static class SelfSignature
{
    private const string EcdsaSha256 = "1.2.840.10045.4.3.2";
    private const string EcdsaSha384 = "1.2.840.10045.4.3.3";
    private const string EcdsaSha512 = "1.2.840.10045.4.3.4";
    private const string RsaSha256 = "1.2.840.113549.1.1.11";

    public static bool IsValid(X509Certificate2 certificate)
    {
        try
        {
            var whole = new AsnReader(certificate.RawDataMemory, AsnEncodingRules.DER).ReadSequence();
            var content = whole.ReadEncodedValue().Span;
            var algorithm = whole.ReadSequence().ReadObjectIdentifier();
            var signature = whole.ReadBitString(out var unusedBits);
            whole.ThrowIfNotEmpty();
            return unusedBits == 0 && Verify(certificate, algorithm, content, signature);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return false;
        }
    }

    private static bool Verify(X509Certificate2 certificate, string algorithm, ReadOnlySpan<byte> content, byte[] signature)
    {
        if (algorithm == RsaSha256)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: >= 2048 and <= 8192 } && rsa.VerifyData(content, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        HashAlgorithmName? hash = algorithm switch
        {
            EcdsaSha256 => HashAlgorithmName.SHA256,
            EcdsaSha384 => HashAlgorithmName.SHA384,
            EcdsaSha512 => HashAlgorithmName.SHA512,
            _ => null,
        };
        using var ecdsa = certificate.GetECDsaPublicKey();
        return hash is { } name && ecdsa is not null && ecdsa.VerifyData(content, signature, name, DSASignatureFormat.Rfc3279DerSequence);
    }
}
