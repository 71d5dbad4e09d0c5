using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Crypto;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Identity;

/// <summary>
/// The name of a peer: a multihash of its public key. Short keys (Ed25519, secp256k1) stand in it whole, so that the key can be taken out.
/// </summary>
public readonly struct PeerId : IEquatable<PeerId>
{
    /// <summary>Keys up to this length are not hashed.</summary>
    internal const int MaxInlineKeyLength = 42;

    private const int MaxLength = 2 + MaxInlineKeyLength;
    private const int HashedLength = 2 + SHA256.HashSizeInBytes;

    private readonly byte[]? _bytes;

    private PeerId(byte[] bytes) => _bytes = bytes;

    /// <summary>True for a variable that was never set.</summary>
    public bool IsEmpty => _bytes is null;

    /// <summary>The multihash.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    public static PeerId FromPublicKey(PublicKey key)
    {
        var encoded = key.Encoded.Span;
        return encoded.Length <= MaxInlineKeyLength
            ? new PeerId([0, (byte)encoded.Length, .. encoded])
            : new PeerId([(byte)MultihashCode.Sha2256, SHA256.HashSizeInBytes, .. SHA256.HashData(encoded)]);
    }

    /// <summary>False unless the bytes are a SHA-256 multihash, or an identity multihash of an acceptable key.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out PeerId peer)
    {
        peer = default;
        if (bytes.Length is < 3 or > MaxLength || bytes[1] != bytes.Length - 2)
        {
            return false;
        }

        var known = bytes[0] switch
        {
            (byte)MultihashCode.Sha2256 => bytes.Length == HashedLength,
            (byte)MultihashCode.Identity => PublicKey.TryDecode(bytes[2..], out _),
            _ => false,
        };
        peer = known ? new PeerId(bytes.ToArray()) : default;
        return known;
    }

    /// <summary>Base58 (<c>12D3…</c>, <c>16Uiu2…</c>, <c>Qm…</c>) or a CID of the kind libp2p-key in any base.</summary>
    public static bool TryParse(string? text, out PeerId peer)
    {
        peer = default;
        if (text is null)
        {
            return false;
        }

        if (text.StartsWith("Qm", StringComparison.Ordinal) || text.StartsWith('1'))
        {
            return Base58.TryDecode(text, out var bytes) && TryDecode(bytes, out peer);
        }

        return Cid.TryParse(text, out var cid) && cid.Codec == CidCodec.Libp2pKey && TryDecode(cid.Hash.Bytes.Span, out peer);
    }

    public static PeerId Parse(string text) =>
        TryParse(text, out var peer) ? peer : throw new FormatException("Not a peer id.");

    public Cid ToCid() => Multihash.TryDecode(_bytes, out var hash)
        ? Cid.Create(CidCodec.Libp2pKey, hash)
        : throw new InvalidOperationException("An empty peer id.");

    public bool TryGetPublicKey([NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        return _bytes is [(byte)MultihashCode.Identity, _, ..] && PublicKey.TryDecode(_bytes.AsSpan(2), out key);
    }

    public bool Equals(PeerId other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is PeerId other && Equals(other);

    public override int GetHashCode() => BytesHash.Of(_bytes);

    public override string ToString() => _bytes is null ? string.Empty : Base58.Encode(_bytes);

    public static bool operator ==(PeerId left, PeerId right) => left.Equals(right);

    public static bool operator !=(PeerId left, PeerId right) => !left.Equals(right);
}
