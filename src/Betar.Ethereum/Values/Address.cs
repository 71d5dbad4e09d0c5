using System.Buffers.Binary;

namespace Betar.Ethereum;

/// <summary>A 20-byte account. Printed with the checksum of EIP-55.</summary>
public readonly struct Address : IEquatable<Address>
{
    public const int Size = 20;

    readonly ulong _0, _1;
    readonly uint _2;

    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("Exactly 20 bytes are needed.", nameof(bytes));
        _0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _2 = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]);
    }

    public static Address Zero => default;

    public bool IsZero => (_0 | _1 | _2) == 0;

    /// <summary>"0x" and 40 hex digits. Digits of both letter cases carry a checksum, which must then be right.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!PrefixedHex.TryDecodeExactly(text, bytes))
            return false;

        address = new Address(bytes);
        return true;
    }

    /// <summary>For literals and values that were checked before.</summary>
    public static Address Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("Not 0x and 40 hex digits with a right checksum.");

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _2);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _1);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _0);
    }

    public bool Equals(Address other) => _0 == other._0 && _1 == other._1 && _2 == other._2;

    public override bool Equals(object? obj) => obj is Address other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_0, _1, _2);

    public static bool operator ==(Address left, Address right) => left.Equals(right);

    public static bool operator !=(Address left, Address right) => !left.Equals(right);

    public string ToLowerHex()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return PrefixedHex.Encode(bytes);
    }

    public override string ToString() => ToLowerHex();
}
