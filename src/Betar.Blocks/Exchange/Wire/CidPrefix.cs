using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Exchange.Wire;

/// <summary>All of a CID but the digest: version, codec, hash function, length of the digest.</summary>
internal static class CidPrefix
{
    public const int MaxLength = 4 * Varint.MaxLength;

    public static byte[] Of(Cid cid)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = Varint.Write(bytes, (ulong)cid.Version);
        length += Varint.Write(bytes[length..], (ulong)cid.Codec);
        length += Varint.Write(bytes[length..], (ulong)cid.Hash.Code);
        length += Varint.Write(bytes[length..], (ulong)cid.Hash.Digest.Length);
        return bytes[..length].ToArray();
    }

    /// <summary>The name that the bytes have under a prefix. False: the prefix is none, or its hash function is not in use here.</summary>
    public static bool TryName(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> data, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (prefix.IsEmpty)
        {
            cid = Cid.CreateVersion0(Multihash.Sha256(data));
            return true;
        }

        if (!TryNumber(ref prefix, out var version) || !TryNumber(ref prefix, out var codec) || !TryNumber(ref prefix, out var code)
            || !TryNumber(ref prefix, out var length) || !prefix.IsEmpty || version > 1 || length != DigestLength((MultihashCode)code)
            || (version == 0 && (codec != (ulong)CidCodec.DagPb || code != (ulong)MultihashCode.Sha2256))
            || !BlockHash.TryCompute((MultihashCode)code, data, out var hash))
        {
            return false;
        }

        cid = version == 0 ? Cid.CreateVersion0(hash) : Cid.Create((CidCodec)codec, hash);
        return true;
    }

    private static ulong DigestLength(MultihashCode code) => (ulong)(code == MultihashCode.Sha2512 ? SHA512.HashSizeInBytes : SHA256.HashSizeInBytes);

    private static bool TryNumber(ref ReadOnlySpan<byte> bytes, out ulong number)
    {
        if (!Varint.TryRead(bytes, out number, out var read))
            return false;
        bytes = bytes[read..];
        return true;
    }
}
