using System.Security.Cryptography;

namespace Betar.Libp2p.Multiformats;

/// <summary>A digest that says which function made it: <c>varint code | varint length | digest</c>.</summary>
public sealed class Multihash : IEquatable<Multihash>
{
    /// <summary>No function in use has a longer digest, and identity hashes are for short keys.</summary>
    public const int MaxDigestLength = 128;

    private readonly byte[] _bytes;
    private readonly int _digest;

    private Multihash(byte[] bytes, MultihashCode code, int digest)
    {
        _bytes = bytes;
        _digest = digest;
        Code = code;
    }

    /// <summary>May be a function that this library does not know.</summary>
    public MultihashCode Code { get; }

    public ReadOnlyMemory<byte> Digest => _bytes.AsMemory(_digest);

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public static Multihash Sha256(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, digest);
        return Create(MultihashCode.Sha2256, digest);
    }

    public static Multihash Create(MultihashCode code, ReadOnlySpan<byte> digest)
    {
        if (!Fits(code, digest.Length))
        {
            throw new ArgumentException("The digest does not have the length of its function.", nameof(digest));
        }

        Span<byte> header = stackalloc byte[2 * Varint.MaxLength];
        var length = Varint.Write(header, (ulong)code);
        length += Varint.Write(header[length..], (ulong)digest.Length);
        return new Multihash([.. header[..length], .. digest], code, length);
    }

    /// <summary>False unless the bytes are one multihash and nothing else.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Multihash? hash)
    {
        hash = null;
        if (!Varint.TryRead(bytes, out var code, out var codeLength)
            || !Varint.TryRead(bytes[codeLength..], out var length, out var lengthLength)
            || length != (ulong)(bytes.Length - codeLength - lengthLength)
            || !Fits((MultihashCode)code, (int)length))
        {
            return false;
        }

        hash = new Multihash(bytes.ToArray(), (MultihashCode)code, codeLength + lengthLength);
        return true;
    }

    public bool Equals(Multihash? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => Equals(obj as Multihash);

    public override int GetHashCode() => BytesHash.Of(_bytes);

    /// <summary>Base58, as CIDs of version 0 and peer ids are written.</summary>
    public override string ToString() => Crypto.Base58.Encode(_bytes);

    private static bool Fits(MultihashCode code, int length) => code switch
    {
        MultihashCode.Sha2256 => length == SHA256.HashSizeInBytes,
        MultihashCode.Sha2512 => length == SHA512.HashSizeInBytes,
        _ => length <= MaxDigestLength,
    };
}
