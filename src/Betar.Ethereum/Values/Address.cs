using System.Buffers.Binary;
using Betar.Crypto;

namespace Betar.Ethereum;

/// <summary>A 20-byte account. Printed with the checksum of EIP-55.</summary>
public readonly struct Address : IEquatable<Address>
{
    public const int Size = 20;
    const int PublicKeySize = 64;

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

    /// <summary>The last 20 bytes of the hash of the uncompressed key without its prefix byte.</summary>
    public static Address FromPublicKey(ReadOnlySpan<byte> publicKey64)
    {
        if (publicKey64.Length != PublicKeySize)
            throw new ArgumentException("An uncompressed key of 64 bytes is needed.", nameof(publicKey64));
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(publicKey64, hash);
        return new Address(hash[12..]);
    }

    /// <summary>The account that a key signs for.</summary>
    public static Address FromKey(PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> publicKey = stackalloc byte[PrivateKey.PublicKeySize];
        key.CopyPublicKey(publicKey);
        return FromPublicKey(publicKey);
    }

    /// <summary>"0x" and 40 hex digits. Digits of both letter cases carry a checksum, which must then be right.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!PrefixedHex.TryDecodeExactly(text, bytes))
            return false;

        var parsed = new Address(bytes);
        var digits = text[2..];
        if (digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F'))
        {
            Span<char> expected = stackalloc char[2 + 2 * Size];
            parsed.FormatChecksummed(expected);
            if (!text.SequenceEqual(expected))
                return false;
        }

        address = parsed;
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

    /// <summary>With the checksum of EIP-55.</summary>
    public override string ToString() => string.Create(2 + 2 * Size, this, static (text, self) => self.FormatChecksummed(text));

    void FormatChecksummed(Span<char> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        text[0] = '0';
        text[1] = 'x';
        var digits = text[2..];
        Convert.TryToHexStringLower(bytes, digits, out _);

        Span<byte> ascii = stackalloc byte[2 * Size];
        for (var i = 0; i < ascii.Length; i++)
            ascii[i] = (byte)digits[i];
        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(ascii, hash);
        for (var i = 0; i < ascii.Length; i++)
        {
            var nibble = (i & 1) == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
            if (nibble >= 8 && digits[i] >= 'a')
                digits[i] = (char)(digits[i] - 32);
        }
    }
}
