using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;

namespace Betar.Libp2p.Identity.Signing;

internal sealed class Secp256k1Signer : IIdentitySigner
{
    private readonly PrivateKey _key;

    public Secp256k1Signer(PrivateKey key)
    {
        _key = key;
        Span<byte> point = stackalloc byte[PrivateKey.PublicKeySize];
        key.CopyPublicKey(point);
        Span<byte> compressed = stackalloc byte[33];
        Secp256k1.Compress(point, compressed);
        PublicKey = PublicKey.Create(KeyType.Secp256k1, compressed);
    }

    public PublicKey PublicKey { get; }

    public static bool TryImport(ReadOnlySpan<byte> data, [NotNullWhen(true)] out IIdentitySigner? signer)
    {
        signer = PrivateKey.TryImport(data, out var key) ? new Secp256k1Signer(key) : null;
        return signer is not null;
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => Secp256k1Der.Sign(_key, message);

    public byte[] Export()
    {
        var data = new byte[PrivateKey.Size];
        _key.Export(data);
        return data;
    }

    public void Dispose() => _key.Dispose();
}
