using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Tls;

namespace Betar.Fuzz.Targets;

/// <summary>Certificates of libp2p's TLS: nothing that a signature covers can be changed, whatever else is.</summary>
internal sealed class TlsCertificateTarget : IFuzzTarget
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What the certificates of the corpus have signed, each with its identity; nobody else's signature can come about.</summary>
    private readonly Dictionary<string, string> _known =
        Corpus.Of("tls-certificate").Where(input => Identity(input) is not null).ToDictionary(input => Signed(input)!, input => Identity(input)!);

    public string Name => "tls-certificate";

    public long MemoryBound(int length) => (256 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        if (Identity(input) is not { } identity)
            return false;
        FuzzException.Unless(Signed(input) is { } signed && _known.GetValueOrDefault(signed) == identity, $"{identity} is taken for another certificate's content");
        return true;
    }

    private static string? Identity(byte[] input)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509CertificateLoader.LoadCertificate(input);
        }
        catch (CryptographicException)
        {
            // Such bytes do not come through the TLS handshake.
            return null;
        }

        using (certificate)
        {
            try
            {
                return TlsCertificate.Check(certificate, 1, Now, IdentityLimits.Default).ToPeerId().ToString();
            }
            catch (Libp2pException refused) when (refused.Code == Libp2pError.SecurityFailed)
            {
                return null;
            }
        }
    }

    private static string? Signed(byte[] input)
    {
        try
        {
            return Convert.ToHexString(new AsnReader(input, AsnEncodingRules.DER).ReadSequence().PeekEncodedValue().Span);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
