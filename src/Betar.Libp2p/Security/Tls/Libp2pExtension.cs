using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Text;

namespace Betar.Libp2p.Security.Tls;

/// <summary>The extension that binds a TLS certificate to an identity: <c>SEQUENCE { publicKey, signature }</c>.</summary>
internal sealed record Libp2pExtension(ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Signature)
{
    public const string Oid = "1.3.6.1.4.1.53594.1.1";
    private static readonly byte[] Prefix = Encoding.ASCII.GetBytes("libp2p-tls-handshake:");

    /// <summary>What the identity signs: the certificate's own key, as it stands in the certificate.</summary>
    public static byte[] Signed(ReadOnlySpan<byte> subjectPublicKeyInfo) => [.. Prefix, .. subjectPublicKeyInfo];

    public byte[] Encode()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(PublicKey.Span);
            writer.WriteOctetString(Signature.Span);
        }

        return writer.Encode();
    }

    public static bool TryDecode(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Libp2pExtension? extension)
    {
        extension = null;
        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var read = new Libp2pExtension(sequence.ReadOctetString(), sequence.ReadOctetString());
            sequence.ThrowIfNotEmpty();
            extension = read;
            return true;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
