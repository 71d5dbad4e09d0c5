using System.Buffers.Binary;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication.Wire;

/// <summary>The SHA-256 hash of a node's bytes: its name, in whatever way it is spelled.</summary>
public readonly record struct NodeId(ulong A, ulong B, ulong C, ulong D) : IComparable<NodeId>
{
    public const int Length = 32;

    /// <summary>Bytes before the digest in a multihash.</summary>
    private const int Header = 2;

    public static NodeId Read(ReadOnlySpan<byte> digest) => new(
        BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(digest[16..]), BinaryPrimitives.ReadUInt64BigEndian(digest[24..]));

    public static NodeId Of(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Length];
        System.Security.Cryptography.SHA256.HashData(data, digest);
        return Read(digest);
    }

    /// <summary>False for a name that no node of the set has: only dag-pb by SHA-256 is written.</summary>
    public static bool TryFrom(Cid cid, out NodeId id)
    {
        id = default;
        if (cid.Hash.Code != MultihashCode.Sha2256 || cid.Codec != CidCodec.DagPb)
            return false;
        id = Read(cid.Hash.Digest.Span);
        return true;
    }

    /// <summary>Reads <c>/CIQ…</c>, as tombstones name the node whose element they remove.</summary>
    public static bool TryParseBlockKey(string text, out NodeId id)
    {
        id = default;
        if (text.Length != BlockKeyLength || text[0] != '/' || !Multibase.TryDecode(string.Concat("B", text.AsSpan(1)), out var hash)
            || hash.Length != Header + Length || hash[0] != (byte)MultihashCode.Sha2256 || hash[1] != Length || ToBlockKey(hash) != text)
        {
            return false;
        }

        id = Read(hash.AsSpan(Header));
        return true;
    }

    public void Write(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt64BigEndian(digest, A);
        BinaryPrimitives.WriteUInt64BigEndian(digest[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(digest[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(digest[24..], D);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Write(bytes);
        return bytes;
    }

    public Cid ToCid() => Cid.Create(CidCodec.DagPb, Multihash.Create(MultihashCode.Sha2256, ToBytes()));

    /// <summary><c>/</c> and the multihash in upper-case base32 without padding.</summary>
    public string ToBlockKey() => ToBlockKey([(byte)MultihashCode.Sha2256, Length, .. ToBytes()]);

    /// <summary>As the bytes are ordered, which is also the order of their CIDs.</summary>
    public int CompareTo(NodeId other) =>
        A != other.A ? A.CompareTo(other.A) : B != other.B ? B.CompareTo(other.B) : C != other.C ? C.CompareTo(other.C) : D.CompareTo(other.D);

    public override int GetHashCode() => A.GetHashCode();

    public override string ToString() => ToCid().ToString();

    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;

    private const int BlockKeyLength = 1 + ((((Header + Length) * 8) + 4) / 5);

    private static string ToBlockKey(ReadOnlySpan<byte> hash) =>
        string.Concat("/", Multibase.Encode(Multibase.Base32Prefix, hash).AsSpan(1).ToString().ToUpperInvariant());
}
