using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Betar.Interop.Tests.Libp2p;

/// <summary>What an operator would get for <c>/tls/ws</c>, made by ourselves; both sides are told to trust it, and no other of its kind.</summary>
internal static class ServerCertificate
{
    public static X509Certificate2 Own { get; } = Create();

    public static string Pem { get; } = Own.ExportCertificatePem();

    /// <summary>The partner's option with which it listens.</summary>
    public static object ForPartner { get; } = new { https = new { cert = Pem, key = Own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() } };

    /// <summary>The same for the same address, and trusted by nobody.</summary>
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=interop", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
    }
}
