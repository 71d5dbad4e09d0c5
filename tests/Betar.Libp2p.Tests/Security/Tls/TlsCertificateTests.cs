using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Security;
using Betar.Libp2p.Security.Tls;

namespace Betar.Libp2p.Tests.Security.Tls;

/// <summary>One test for each check of the certificate.</summary>
public sealed class TlsCertificateTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly IdentityKey Identity = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly IdentityKey Other = IdentityKey.FromEd25519Seed(Enumerable.Repeat((byte)8, 32).ToArray());

    [Fact]
    public void A_correct_certificate_proves_its_identity()
    {
        using var certificate = Make();

        Assert.Equal(Identity.PublicKey, TlsCertificate.Check(certificate, 1, Now, IdentityLimits.Default));
    }

    [Fact]
    public void Our_own_certificate_proves_our_identity()
    {
        using var certificate = TlsCertificate.Create(Identity, TimeProvider.System);

        Assert.Equal(Identity.PublicKey, TlsCertificate.Check(certificate, 1, TimeProvider.System.GetUtcNow(), IdentityLimits.Default));
        Assert.True(certificate.Extensions[Libp2pExtension.Oid]!.Critical);
    }

    [Theory]
    [InlineData(KeyType.Secp256k1)]
    [InlineData(KeyType.Ed25519)]
    public void Identities_of_other_types_are_accepted(KeyType type)
    {
        using var identity = IdentityKey.Generate(type);
        using var certificate = TlsCertificate.Create(identity, TimeProvider.System);

        Assert.Equal(identity.PeerId, TlsCertificate.Check(certificate, 1, TimeProvider.System.GetUtcNow(), IdentityLimits.Default).ToPeerId());
    }

    [Fact]
    public void The_extension_need_not_be_critical()
    {
        using var certificate = Make(critical: false);

        Assert.Equal(Identity.PublicKey, TlsCertificate.Check(certificate, 1, Now, IdentityLimits.Default));
    }

    [Fact]
    public void An_RSA_certificate_is_accepted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(Extension(Sign(key.ExportSubjectPublicKeyInfo())));
        using var certificate = request.CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1));

        Assert.Equal(Identity.PublicKey, TlsCertificate.Check(certificate, 1, Now, IdentityLimits.Default));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_certificate_that_does_not_come_alone_is_refused(int length)
    {
        using var certificate = Make();

        ExpectRefused(certificate, "does not come alone", length);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(-2, -1)]
    public void A_certificate_outside_its_dates_is_refused(int fromDays, int toDays)
    {
        using var certificate = Make(from: Now.AddDays(fromDays), to: Now.AddDays(toDays));

        ExpectRefused(certificate, "is not valid now");
    }

    [Fact]
    public void A_certificate_without_identity_is_refused()
    {
        using var certificate = Make(change: static request => request.CertificateExtensions.Clear());

        ExpectRefused(certificate, "carries no identity");
    }

    [Fact]
    public void Two_identities_are_refused()
    {
        var bytes = WithDoubledExtension();
        using var certificate = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Throws<Libp2pException>(() => TlsCertificate.Check(certificate, 1, Now, IdentityLimits.Default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("0401")]
    [InlineData("300604010104010205")]
    [InlineData("3009040101040102040103")]
    [InlineData("3080040101040102 0000")]
    public void An_identity_that_cannot_be_read_is_refused(string hex)
    {
        using var certificate = Make(extension: Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal)));

        ExpectRefused(certificate, "carries an identity that cannot be read");
    }

    [Fact]
    public void An_identity_key_that_is_none_is_refused()
    {
        using var certificate = Make(extension: new Libp2pExtension(new byte[] { 8, 1, 18, 1, 0 }, new byte[64]).Encode());

        ExpectRefused(certificate, "identity key cannot be used");
    }

    [Fact]
    public void The_signature_of_another_identity_is_refused()
    {
        using var certificate = Make(signer: Other);

        ExpectRefused(certificate, "is not signed by its identity");
    }

    /// <summary>An extension cut out of somebody else's certificate proves nothing about this one's key.</summary>
    [Fact]
    public void A_copied_extension_is_refused()
    {
        using var theirs = Make();
        using var certificate = Make(extension: theirs.Extensions[Libp2pExtension.Oid]!.RawData);

        ExpectRefused(certificate, "is not signed by its identity");
    }

    [Fact]
    public void A_signature_without_the_prefix_is_refused()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(key: key, extension: new Libp2pExtension(Identity.PublicKey.Encoded, Identity.Sign(key.ExportSubjectPublicKeyInfo())).Encode());

        ExpectRefused(certificate, "is not signed by its identity");
    }

    [Fact]
    public void A_certificate_signed_by_another_key_is_refused()
    {
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=libp2p", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Extension(Sign(key.ExportSubjectPublicKeyInfo())));
        using var certificate = request.Create(
            new X500DistinguishedName("CN=libp2p"), X509SignatureGenerator.CreateForECDsa(issuer), Now.AddDays(-1), Now.AddDays(1), [1, 2, 3]);

        ExpectRefused(certificate, "is not signed by itself");
    }

    [Fact]
    public void A_changed_byte_anywhere_is_refused()
    {
        using var certificate = Make();
        var bytes = certificate.RawData;
        var refused = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = (byte[])bytes.Clone();
            changed[i] ^= 0x04;
            X509Certificate2 loaded;
            try
            {
                loaded = X509CertificateLoader.LoadCertificate(changed);
            }
            catch (CryptographicException)
            {
                continue;
            }

            using (loaded)
                Assert.Throws<Libp2pException>(() => TlsCertificate.Check(loaded, 1, Now, IdentityLimits.Default));
            refused++;
        }

        Assert.True(refused > bytes.Length / 2, "Most changed certificates can still be loaded, and are refused by the check.");
    }

    [Fact]
    public void A_signature_whose_last_bits_do_not_count_is_refused()
    {
        // Only a signature that ends with four zero bits can be spelled so: one in sixteen.
        byte[]? bytes = null;
        for (var i = 0; i < 1000 && bytes is null; i++)
        {
            using var certificate = Make();
            bytes = (certificate.RawData[^1] & 0x0F) == 0 ? certificate.RawData : null;
        }

        var whole = new AsnReader(bytes!, AsnEncodingRules.DER).ReadSequence();
        whole.ReadEncodedValue();
        whole.ReadEncodedValue();
        var length = whole.ReadBitString(out _).Length;
        bytes![bytes.Length - length - 1] = 4;
        using var respelled = X509CertificateLoader.LoadCertificate(bytes);

        Assert.Throws<Libp2pException>(() => TlsCertificate.Check(respelled, 1, Now, IdentityLimits.Default));
    }

    [Fact]
    public void An_unknown_critical_extension_is_refused_and_one_that_is_not_critical_ignored()
    {
        using var critical = Make(change: static request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", [5, 0], critical: true)));
        using var harmless = Make(change: static request => request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", [5, 0], critical: false)));

        ExpectRefused(critical, "demands something unknown");
        Assert.Equal(Identity.PublicKey, TlsCertificate.Check(harmless, 1, Now, IdentityLimits.Default));
    }

    private static void ExpectRefused(X509Certificate2 certificate, string why, int chainLength = 1)
    {
        var refused = Assert.Throws<Libp2pException>(() => TlsCertificate.Check(certificate, chainLength, Now, IdentityLimits.Default));
        Assert.Equal(Libp2pError.SecurityFailed, refused.Code);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static X509Extension Extension(byte[] content, bool critical = true) => new(Libp2pExtension.Oid, content, critical);

    private static byte[] Sign(byte[] subjectKey, IdentityKey? signer = null) =>
        new Libp2pExtension(Identity.PublicKey.Encoded, (signer ?? Identity).Sign(Libp2pExtension.Signed(subjectKey))).Encode();

    private static X509Certificate2 Make(
        ECDsa? key = null, byte[]? extension = null, IdentityKey? signer = null, bool critical = true,
        DateTimeOffset? from = null, DateTimeOffset? to = null, Action<CertificateRequest>? change = null)
    {
        using var own = key is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        key ??= own!;
        var request = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Extension(extension ?? Sign(key.ExportSubjectPublicKeyInfo(), signer), critical));
        change?.Invoke(request);
        return request.CreateSelfSigned(from ?? Now.AddDays(-1), to ?? Now.AddDays(1));
    }

    /// <summary>The request refuses two extensions of one kind, so the second gets its name afterwards, and the check of the signature comes first.</summary>
    private static byte[] WithDoubledExtension()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Make(key: key, change: request => request.CertificateExtensions.Add(
            new X509Extension("1.3.6.1.4.1.53594.1.2", Sign(key.ExportSubjectPublicKeyInfo()), critical: true)));
        var bytes = certificate.RawData;
        var twin = Convert.FromHexString("060a2b0601040183a25a0102");
        var at = bytes.AsSpan().IndexOf(twin);
        Assert.True(at > 0);
        bytes[at + twin.Length - 1] = 1;
        // Signed anew, so that it is the doubled extension that is refused and not the signature.
        return Resign(bytes, key);
    }

    private static byte[] Resign(byte[] certificate, ECDsa key)
    {
        var whole = new System.Formats.Asn1.AsnReader(certificate, System.Formats.Asn1.AsnEncodingRules.DER).ReadSequence();
        var content = whole.ReadEncodedValue();
        var algorithm = whole.ReadEncodedValue();
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content.Span);
            writer.WriteEncodedValue(algorithm.Span);
            writer.WriteBitString(key.SignData(content.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        }

        return writer.Encode();
    }
}
