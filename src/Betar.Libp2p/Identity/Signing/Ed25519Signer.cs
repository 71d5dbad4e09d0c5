using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;

namespace Betar.Libp2p.Identity.Signing;

internal sealed class Ed25519Signer : IIdentitySigner
{
    // Seed and public key, and the old form that repeats the public key.
    private const int Size = Ed25519.SeedSize + Ed25519.PublicKeySize;
    private const int OldSize = Size + Ed25519.PublicKeySize;

    private readonly Ed25519Key _key;

    public Ed25519Signer(Ed25519Key key)
    {
        _key = key;
        Span<byte> publicKey = stackalloc byte[Ed25519.PublicKeySize];
        key.CopyPublicKey(publicKey);
        PublicKey = PublicKey.Create(KeyType.Ed25519, publicKey);
    }

    public PublicKey PublicKey { get; }

    /// <summary>False for another length, and for a public key that is not the seed's: somebody would publish a key that cannot sign.</summary>
    public static bool TryImport(ReadOnlySpan<byte> data, [NotNullWhen(true)] out IIdentitySigner? signer)
    {
        signer = null;
        if (data.Length is not (Size or OldSize))
        {
            return false;
        }

        var imported = new Ed25519Signer(Ed25519Key.Import(data[..Ed25519.SeedSize]));
        for (var rest = data[Ed25519.SeedSize..]; !rest.IsEmpty; rest = rest[Ed25519.PublicKeySize..])
        {
            if (!rest.StartsWith(imported.PublicKey.Data.Span))
            {
                imported.Dispose();
                return false;
            }
        }

        signer = imported;
        return true;
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        _key.Sign(message, signature);
        return signature;
    }

    public byte[] Export()
    {
        var data = new byte[Size];
        _key.Export(data.AsSpan(0, Ed25519.SeedSize));
        PublicKey.Data.Span.CopyTo(data.AsSpan(Ed25519.SeedSize));
        return data;
    }

    public void Dispose() => _key.Dispose();
}
