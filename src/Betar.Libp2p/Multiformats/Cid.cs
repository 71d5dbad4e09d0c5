using System.Diagnostics.CodeAnalysis;
using Betar.Crypto;

namespace Betar.Libp2p.Multiformats;

/// <summary>
/// The name of some content by its hash. Version 0 is a bare SHA-256 multihash of a dag-pb node; version 1 is
/// <c>varint 1 | varint codec | multihash</c>.
/// </summary>
public sealed class Cid : IEquatable<Cid>
{
    private const int Version0Length = 34;
    private const int Version0TextLength = 46;

    private readonly byte[] _bytes;

    private Cid(int version, CidCodec codec, Multihash hash, byte[] bytes)
    {
        Version = version;
        Codec = codec;
        Hash = hash;
        _bytes = bytes;
    }

    public int Version { get; }

    /// <summary>May be a codec that this library does not know.</summary>
    public CidCodec Codec { get; }

    public Multihash Hash { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static Cid Create(CidCodec codec, Multihash hash)
    {
        Span<byte> header = stackalloc byte[1 + Varint.MaxLength];
        header[0] = 1;
        var length = 1 + Varint.Write(header[1..], (ulong)codec);
        return new Cid(1, codec, hash, [.. header[..length], .. hash.Bytes.Span]);
    }

    public static Cid CreateVersion0(Multihash hash) => hash.Code == MultihashCode.Sha2256
        ? new Cid(0, CidCodec.DagPb, hash, hash.Bytes.ToArray())
        : throw new ArgumentException("Version 0 is for SHA-256 only.", nameof(hash));

    /// <summary>False unless the bytes are one CID and nothing else.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (bytes.Length == Version0Length && bytes is [(byte)MultihashCode.Sha2256, 0x20, ..])
        {
            cid = Multihash.TryDecode(bytes, out var bare) ? CreateVersion0(bare) : null;
            return cid is not null;
        }

        if (!Varint.TryRead(bytes, out var version, out var versionLength) || version != 1
            || !Varint.TryRead(bytes[versionLength..], out var codec, out var codecLength)
            || !Multihash.TryDecode(bytes[(versionLength + codecLength)..], out var hash))
        {
            return false;
        }

        cid = new Cid(1, (CidCodec)codec, hash, bytes.ToArray());
        return true;
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (text is { Length: Version0TextLength } && text.StartsWith("Qm", StringComparison.Ordinal))
        {
            return Base58.TryDecode(text, out var bare) && TryDecode(bare, out cid);
        }

        // A version 0 behind a multibase prefix would be a second spelling.
        if (!Multibase.TryDecode(text, out var bytes) || !TryDecode(bytes, out var decoded) || decoded.Version == 0)
        {
            return false;
        }

        cid = decoded;
        return true;
    }

    public static Cid Parse(string text) =>
        TryParse(text, out var cid) ? cid : throw new FormatException("Not a CID.");

    public string ToString(char multibasePrefix) => Multibase.Encode(multibasePrefix, _bytes);

    public override string ToString() => Version == 0 ? Hash.ToString() : ToString(Multibase.Base32Prefix);

    public bool Equals(Cid? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Cid);

    public override int GetHashCode() => BytesHash.Of(_bytes);
}
