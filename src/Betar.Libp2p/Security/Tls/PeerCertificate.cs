using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using PublicKey = Betar.Libp2p.Identity.PublicKey;

namespace Betar.Libp2p.Security.Tls;

/// <summary>What the other side of a TLS handshake shows, whoever runs the handshake.</summary>
internal static class PeerCertificate
{
    /// <summary>The key that the peer has proven to hold; refused when it shows nothing, something wrong, or somebody else than expected.</summary>
    public static PublicKey Verify(X509Certificate? certificate, X509Chain? chain, PeerId? expected, DateTimeOffset now, IdentityLimits limits)
    {
        if (certificate is null)
            throw new Libp2pException(Libp2pError.SecurityFailed, "The peer shows no certificate.");
        using var loaded = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        var key = TlsCertificate.Check(loaded, 1 + CountOthers(loaded, chain), now, limits);
        PeerCheck.Require(key, expected);
        return key;
    }

    /// <summary>What the peer sent beside its certificate lies in the chain's extra store; on some sides so does the certificate.</summary>
    private static int CountOthers(X509Certificate2 certificate, X509Chain? chain)
    {
        var others = 0;
        foreach (var sent in chain?.ChainPolicy.ExtraStore ?? [])
        {
            if (!sent.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span))
                others++;
        }

        return others;
    }
}
