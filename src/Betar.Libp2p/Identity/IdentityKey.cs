using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Libp2p.Identity.Signing;

namespace Betar.Libp2p.Identity;

/// <summary>The private key that a peer is known by. It lives in native memory and is wiped when disposed.</summary>
public sealed class IdentityKey : IDisposable
{
    /// <summary>An RSA key of the greatest size that is taken has less than 5,000 bytes of data.</summary>
    public const int MaxEncodedLength = 8192;

    private readonly IIdentitySigner _signer;

    private IdentityKey(IIdentitySigner signer)
    {
        _signer = signer;
        PeerId = signer.PublicKey.ToPeerId();
    }

    public PeerId PeerId { get; }

    public PublicKey PublicKey => _signer.PublicKey;

    public static IdentityKey Generate(KeyType type = KeyType.Ed25519) => type switch
    {
        KeyType.Ed25519 => new IdentityKey(new Ed25519Signer(Ed25519Key.Generate())),
        KeyType.Secp256k1 => new IdentityKey(new Secp256k1Signer(PrivateKey.Generate())),
        _ => throw new ArgumentOutOfRangeException(nameof(type), "New identities are Ed25519 or secp256k1."),
    };

    public static IdentityKey FromEd25519Seed(ReadOnlySpan<byte> seed32) => new(new Ed25519Signer(Ed25519Key.Import(seed32)));

    /// <summary>False unless the bytes are one <c>PrivateKey</c> message in its only spelling.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out IdentityKey? key)
    {
        key = null;
        if (encoded.Length > MaxEncodedLength || !KeyMessage.TryDecode(encoded, out var type, out var data))
        {
            return false;
        }

        IIdentitySigner? signer;
        var imported = type switch
        {
            KeyType.Ed25519 => Ed25519Signer.TryImport(data, out signer),
            KeyType.Secp256k1 => Secp256k1Signer.TryImport(data, out signer),
            KeyType.Rsa => RsaSigner.TryImport(data, out signer),
            _ => EcdsaSigner.TryImport(data, out signer),
        };
        key = imported ? new IdentityKey(signer!) : null;
        return imported;
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _signer.Sign(message);

    /// <summary>The <c>PrivateKey</c> message, for a key store; the caller wipes it.</summary>
    public byte[] Encode()
    {
        var data = _signer.Export();
        try
        {
            return KeyMessage.Encode(PublicKey.Type, data);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(data);
        }
    }

    public void Dispose() => _signer.Dispose();

    public override string ToString() => $"IdentityKey({PeerId})";
}
