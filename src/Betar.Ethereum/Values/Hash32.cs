using System.Buffers.Binary;

namespace Betar.Ethereum;

/// <summary>32 opaque bytes: a hash, a nonce, a topic.</summary>
public readonly struct Hash32 : IEquatable<Hash32>
{
    public const int Size = 32;

    readonly ulong _0, _1, _2, _3;

    public Hash32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("Exactly 32 bytes are needed.", nameof(bytes));
        _0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _3 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static Hash32 Zero => default;

    public bool IsZero => (_0 | _1 | _2 | _3) == 0;

    /// <summary>"0x" and exactly 64 hex digits of any letter case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash32 hash)
    {
        hash = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!PrefixedHex.TryDecodeExactly(text, bytes))
            return false;
        hash = new Hash32(bytes);
        return true;
    }

    /// <summary>For literals and values that were checked before.</summary>
    public static Hash32 Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException("Not 0x and 64 hex digits.");

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _3);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _1);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _0);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(Hash32 other) => _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    public override bool Equals(object? obj) => obj is Hash32 other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    public static bool operator ==(Hash32 left, Hash32 right) => left.Equals(right);

    public static bool operator !=(Hash32 left, Hash32 right) => !left.Equals(right);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return PrefixedHex.Encode(bytes);
    }
}
