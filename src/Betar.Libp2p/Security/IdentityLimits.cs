using Betar.Crypto;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Security;

/// <summary>Which identities are let in. Checking an RSA signature takes the longer the larger the key is, and strangers choose it.</summary>
internal sealed record IdentityLimits(int RsaMinBits, int RsaMaxBits)
{
    public const string RsaLimit = "connection.rsa_bits";

    public static IdentityLimits Default { get; } = new(RsaPublicKey.MinBits, RsaPublicKey.MaxBits);

    /// <summary>The identity that a handshake shows, before anything is checked with it.</summary>
    public PublicKey Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length <= PublicKey.MaxLength && KeyMessage.TryDecode(encoded, out var type, out var data) && type == KeyType.Rsa
            && RsaPublicKey.ReadBits(data) is { } bits && (bits < RsaMinBits || bits > RsaMaxBits))
        {
            throw Libp2pException.Exceeded(RsaLimit, $"The peer's RSA key has {bits} bits.");
        }

        return PublicKey.TryDecode(encoded, out var key)
            ? key
            : throw new Libp2pException(Libp2pError.SecurityFailed, "The peer's identity key cannot be used.");
    }
}
