using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Hosting;

namespace Betar.Node.Http.Certificates;

/// <summary>TLS of the HTTP interface.</summary>
/// <param name="Own">The node's certificate with its key.</param>
/// <param name="Authority">Whoever shows a certificate of these comes in, and nobody else; null: certificates are not asked for.</param>
internal sealed record HttpCertificates(X509Certificate2 Own, X509Certificate2Collection? Authority)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>What Kestrel's TLS asks for; this host is never started.</summary>
    private static readonly Lazy<IServiceProvider> s_services = new(() =>
        new HostBuilder().ConfigureWebHost(web => web.UseKestrelCore().UseKestrelHttpsConfiguration().Configure(_ => { })).Build().Services);

    /// <summary>Puts TLS in front of everything else.</summary>
    public void Guard(ListenOptions listen)
    {
        listen.KestrelServerOptions.ApplicationServices = s_services.Value;
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = Own,
            ClientCertificateMode = Authority is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (shown, _, _) => IsOurs(shown),
        });
    }

    /// <summary>Of an authority of the operator's own, whatever other authorities this machine trusts.</summary>
    public bool IsOurs(X509Certificate2 shown)
    {
        if (Authority is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        return chain.Build(shown);
    }
}
