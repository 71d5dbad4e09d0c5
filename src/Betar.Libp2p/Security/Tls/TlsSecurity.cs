using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Transports;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Security.Tls;

/// <summary>
/// <c>/tls/1.0.0</c>: TLS 1.3 with certificates on both sides that prove an identity. The certificate lives as long as this object.
/// </summary>
internal sealed class TlsSecurity(IdentityKey identity, IReadOnlyList<string> muxers, IdentityLimits limits, TimeProvider time) : ISecurity, IDisposable
{
    public const string Id = "/tls/1.0.0";

    /// <summary>Named last: a peer that chooses it has not chosen a muxer.</summary>
    private const string NoMuxer = "libp2p";

    // Made with the first handshake: it costs milliseconds, and many hosts never meet anybody who wants TLS.
    private readonly Lazy<X509Certificate2> _certificate = new(() => TlsCertificate.Create(identity, time));

    public string Protocol => Id;

    public async ValueTask<SecuredLink> SecureAsync(PlainLink link, bool isDialer, PeerId? expected, CancellationToken cancellationToken)
    {
        var tls = new SslStream(new ChannelStream(link), leaveInnerStreamOpen: true);
        Libp2pException? refusal = null;
        PublicKey? key = null;

        bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            try
            {
                key = PeerCertificate.Verify(certificate, chain, expected, time.GetUtcNow(), limits);
                return true;
            }
            catch (Libp2pException e)
            {
                refusal = e;
                return false;
            }
        }

        try
        {
            if (isDialer)
                await tls.AuthenticateAsClientAsync(ClientOptions(Check), cancellationToken);
            else
                await tls.AuthenticateAsServerAsync(ServerOptions(Check), cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or CryptographicException || refusal is not null)
        {
            await tls.DisposeAsync();
            throw refusal ?? new Libp2pException(Libp2pError.SecurityFailed, "The TLS handshake failed.", e);
        }

        if (key is null || tls.SslProtocol != SslProtocols.Tls13)
        {
            await tls.DisposeAsync();
            throw new Libp2pException(Libp2pError.SecurityFailed, "The TLS handshake proved no identity.");
        }

        var agreed = Encoding.ASCII.GetString(tls.NegotiatedApplicationProtocol.Protocol.Span);
        return new SecuredLink(new PlainLink(new StreamChannel(tls, link)), key.ToPeerId(), key, muxers.Contains(agreed) ? agreed : null);
    }

    public void Dispose()
    {
        if (_certificate.IsValueCreated)
            _certificate.Value.Dispose();
    }

    private List<SslApplicationProtocol> Protocols() => [.. muxers.Append(NoMuxer).Select(name => new SslApplicationProtocol(name))];

    private SslClientAuthenticationOptions ClientOptions(RemoteCertificateValidationCallback check) => new()
    {
        // No name is asked for: the peer is known by its key.
        TargetHost = string.Empty,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = Protocols(),
        ClientCertificates = [_certificate.Value],
        LocalCertificateSelectionCallback = (_, _, _, _, _) => _certificate.Value,
        RemoteCertificateValidationCallback = check,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowTlsResume = false,
    };

    private SslServerAuthenticationOptions ServerOptions(RemoteCertificateValidationCallback check) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = Protocols(),
        ServerCertificate = _certificate.Value,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = check,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        AllowTlsResume = false,
    };
}
