using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Security.Tls;

/// <summary>Making and checking the certificate of libp2p's TLS: signed by itself, and by the identity inside it.</summary>
internal static class TlsCertificate
{
    /// <summary>Clocks differ; a certificate of this minute must not be one of the future.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromHours(1);
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(100 * 365);

    /// <summary>Extensions that are understood, or that change nothing for a certificate that stands alone.</summary>
    private static readonly string[] Understood =
        [Libp2pExtension.Oid, "2.5.29.14", "2.5.29.15", "2.5.29.17", "2.5.29.19", "2.5.29.35", "2.5.29.37"];

    /// <summary>A certificate with a key of its own, which is never stored.</summary>
    public static X509Certificate2 Create(IdentityKey identity, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=libp2p", key, HashAlgorithmName.SHA256);
        var signature = identity.Sign(Libp2pExtension.Signed(key.ExportSubjectPublicKeyInfo()));
        var extension = new Libp2pExtension(identity.PublicKey.Encoded, signature).Encode();
        request.CertificateExtensions.Add(new X509Extension(Libp2pExtension.Oid, extension, critical: true));
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now - Backdated, now + Lifetime);
    }

    /// <summary>The identity that the certificate proves. What is wrong with it is <see cref="Libp2pError.SecurityFailed"/>, or beyond a limit.</summary>
    public static PublicKey Check(X509Certificate2 certificate, int chainLength, DateTimeOffset now, IdentityLimits limits)
    {
        try
        {
            return CheckContent(certificate, chainLength, now, limits);
        }
        catch (CryptographicException e)
        {
            // Its parts are parsed only now that they are asked for.
            throw new Libp2pException(Libp2pError.SecurityFailed, "The peer's certificate cannot be read.", e);
        }
    }

    private static PublicKey CheckContent(X509Certificate2 certificate, int chainLength, DateTimeOffset now, IdentityLimits limits)
    {
        if (chainLength != 1)
            throw Refused("does not come alone");
        if (now < certificate.NotBefore || now > certificate.NotAfter)
            throw Refused("is not valid now");
        if (!SelfSignature.IsValid(certificate))
            throw Refused("is not signed by itself");
        Libp2pExtension? extension = null;
        foreach (var candidate in certificate.Extensions)
        {
            if (candidate.Oid?.Value == Libp2pExtension.Oid)
            {
                if (extension is not null || !Libp2pExtension.TryDecode(candidate.RawData, out extension))
                    throw Refused("carries an identity that cannot be read");
            }
            else if (candidate.Critical && !Understood.Contains(candidate.Oid?.Value))
            {
                throw Refused("demands something unknown");
            }
        }

        if (extension is null)
            throw Refused("carries no identity");
        var key = limits.Read(extension.PublicKey.Span);
        return key.Verify(Libp2pExtension.Signed(certificate.PublicKey.ExportSubjectPublicKeyInfo()), extension.Signature.Span)
            ? key
            : throw Refused("is not signed by its identity");
    }

    private static Libp2pException Refused(string what) => new(Libp2pError.SecurityFailed, $"The peer's certificate {what}.");
}
