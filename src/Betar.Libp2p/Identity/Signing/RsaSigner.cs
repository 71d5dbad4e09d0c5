using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Crypto;

namespace Betar.Libp2p.Identity.Signing;

/// <summary>The identities of old nodes. New ones are not made.</summary>
internal sealed class RsaSigner : IIdentitySigner
{
    private readonly RSA _key;

    private RsaSigner(RSA key, PublicKey publicKey)
    {
        _key = key;
        PublicKey = publicKey;
    }

    public PublicKey PublicKey { get; }

    public static bool TryImport(ReadOnlySpan<byte> data, [NotNullWhen(true)] out IIdentitySigner? signer)
    {
        signer = null;
        var rsa = RSA.Create();
        try
        {
            rsa.ImportRSAPrivateKey(data, out var read);
            if (read == data.Length && PublicKey.TryDecode(KeyMessage.Encode(KeyType.Rsa, rsa.ExportSubjectPublicKeyInfo()), out var publicKey))
            {
                signer = new RsaSigner(rsa, publicKey);
            }
        }
        catch (CryptographicException)
        {
            // No such key.
        }
        finally
        {
            if (signer is null)
            {
                rsa.Dispose();
            }
        }

        return signer is not null;
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _key.SignData(message, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public byte[] Export() => _key.ExportRSAPrivateKey();

    public void Dispose() => _key.Dispose();
}
