using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;
using Betar.Libp2p.Multiformats;

namespace Betar.Libp2p.Identity;

/// <summary><c>did:key:z…</c>: base58 of a key's multicodec and the key. A label that anybody can make; only a signature proves something.</summary>
public static class DidKey
{
    private const string Prefix = "did:key:";
    private const ulong Ed25519Codec = 0xED;
    private const ulong Secp256k1Codec = 0xE7;

    public static bool TryFormat(PublicKey key, [NotNullWhen(true)] out string? did)
    {
        did = null;
        ulong? codec = key.Type switch
        {
            KeyType.Ed25519 => Ed25519Codec,
            KeyType.Secp256k1 => Secp256k1Codec,
            _ => null,
        };
        if (codec is null)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[Varint.MaxLength];
        var length = Varint.Write(header, codec.Value);
        did = Prefix + Multibase.Encode(Multibase.Base58Prefix, [.. header[..length], .. key.Data.Span]);
        return true;
    }

    public static bool TryParse(string? did, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (did is null || !did.StartsWith(Prefix + Multibase.Base58Prefix, StringComparison.Ordinal)
            || !Base58.TryDecode(did[(Prefix.Length + 1)..], out var bytes)
            || !Varint.TryRead(bytes, out var codec, out var read))
        {
            return false;
        }

        KeyType? type = codec switch
        {
            Ed25519Codec => KeyType.Ed25519,
            Secp256k1Codec => KeyType.Secp256k1,
            _ => null,
        };
        return type is not null && PublicKey.TryDecode(KeyMessage.Encode(type.Value, bytes.AsSpan(read)), out key);
    }
}
