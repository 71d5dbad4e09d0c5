using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Identity;

/// <summary>The public half of a peer's identity.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>An RSA key of the greatest size that is taken has 1,062 bytes of data.</summary>
    public const int MaxLength = 2048;

    private const int CompressedSize = 33;

    private readonly byte[] _encoded;
    private readonly int _data;

    private PublicKey(KeyType type, byte[] encoded, int data)
    {
        Type = type;
        _encoded = encoded;
        _data = data;
    }

    public KeyType Type { get; }

    /// <summary>The <c>PublicKey</c> message, as it stands in handshakes and records and under the hash of peer ids.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    /// <summary>The key alone: 32 bytes, 33 bytes, or a SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> Data => _encoded.AsMemory(_data);

    /// <summary>False unless the bytes are one key in its only spelling, of a kind and size that is accepted.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (encoded.Length > MaxLength || !KeyMessage.TryDecode(encoded, out var type, out var data) || !IsAcceptable(type, data))
        {
            return false;
        }

        key = new PublicKey(type, encoded.ToArray(), encoded.Length - data.Length);
        return true;
    }

    public static PublicKey Create(KeyType type, ReadOnlySpan<byte> data) =>
        TryDecode(KeyMessage.Encode(type, data), out var key) ? key : throw new ArgumentException("Not a key of this type.", nameof(data));

    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        switch (Type)
        {
            case KeyType.Ed25519:
                return Ed25519.Verify(Data.Span, message, signature);
            case KeyType.Secp256k1:
                Span<byte> point = stackalloc byte[PrivateKey.PublicKeySize];
                return Secp256k1.TryDecompress(Data.Span, point) && Secp256k1Der.Verify(point, message, signature);
            case KeyType.Rsa:
                if (!RsaPublicKey.TryImport(Data.Span, out var rsa))
                {
                    return false;
                }

                using (rsa)
                {
                    return rsa.Verify(message, signature);
                }

            default:
                if (!EcdsaPublicKey.TryImport(Data.Span, out var ecdsa))
                {
                    return false;
                }

                using (ecdsa)
                {
                    return ecdsa.Verify(message, signature);
                }
        }
    }

    public PeerId ToPeerId() => PeerId.FromPublicKey(this);

    public bool Equals(PublicKey? other) => other is not null && _encoded.AsSpan().SequenceEqual(other._encoded);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => BytesHash.Of(_encoded);

    public override string ToString() => $"{Type}({ToPeerId()})";

    private static bool IsAcceptable(KeyType type, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case KeyType.Ed25519:
                return Ed25519.MayBePublicKey(data);
            case KeyType.Secp256k1:
                return data.Length == CompressedSize && Secp256k1.TryDecompress(data, stackalloc byte[PrivateKey.PublicKeySize]);
            case KeyType.Rsa:
                var isRsa = RsaPublicKey.TryImport(data, out var rsa);
                rsa?.Dispose();
                return isRsa;
            default:
                var isEcdsa = EcdsaPublicKey.TryImport(data, out var ecdsa);
                ecdsa?.Dispose();
                return isEcdsa;
        }
    }
}
