using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Crypto;

namespace Betar.Libp2p.Identity.Signing;

/// <summary>Identities on the curve P-256. New ones are not made.</summary>
internal sealed class EcdsaSigner : IIdentitySigner
{
    private readonly ECDsa _key;

    private EcdsaSigner(ECDsa key, PublicKey publicKey)
    {
        _key = key;
        PublicKey = publicKey;
    }

    public PublicKey PublicKey { get; }

    public static bool TryImport(ReadOnlySpan<byte> data, [NotNullWhen(true)] out IIdentitySigner? signer)
    {
        signer = null;
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportECPrivateKey(data, out var read);
            if (read == data.Length && PublicKey.TryDecode(KeyMessage.Encode(KeyType.Ecdsa, ecdsa.ExportSubjectPublicKeyInfo()), out var publicKey))
            {
                signer = new EcdsaSigner(ecdsa, publicKey);
            }
        }
        catch (Exception error) when (error is CryptographicException or PlatformNotSupportedException)
        {
            // No such key, or a curve that this system does not have.
        }
        finally
        {
            if (signer is null)
            {
                ecdsa.Dispose();
            }
        }

        return signer is not null;
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public byte[] Export() => _key.ExportECPrivateKey();

    public void Dispose() => _key.Dispose();
}
