using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Tls;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Transports.Quic;

/// <summary>One handshake: what it holds, who is expected, and what came out.</summary>
/// <param name="expected">Null: whoever dials us.</param>
internal sealed class QuicHandshake(X509Certificate2 certificate, PeerId? expected, ConnectionHolding holding, IdentityLimits limits, TimeProvider time)
{
    /// <summary>The one protocol that libp2p names inside of QUIC's handshake.</summary>
    public static readonly SslApplicationProtocol Protocol = new("libp2p");

    public ConnectionHolding Holding => holding;

    /// <summary>The key that the peer has proven to hold.</summary>
    public PublicKey? Key { get; private set; }

    /// <summary>Why we did not take what the peer showed.</summary>
    public Libp2pException? Refusal { get; private set; }

    public SslClientAuthenticationOptions Client() => new()
    {
        // No name is asked for: the peer is known by its key.
        TargetHost = string.Empty,
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        ClientCertificates = [certificate],
        RemoteCertificateValidationCallback = Check,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    public SslServerAuthenticationOptions Server() => new()
    {
        EnabledSslProtocols = SslProtocols.Tls13,
        ApplicationProtocols = [Protocol],
        ServerCertificate = certificate,
        ClientCertificateRequired = true,
        RemoteCertificateValidationCallback = Check,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    private bool Check(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors)
    {
        try
        {
            Key = PeerCertificate.Verify(shown, chain, expected, time.GetUtcNow(), limits);
            return true;
        }
        catch (Libp2pException e)
        {
            Refusal = e;
            return false;
        }
    }
}
