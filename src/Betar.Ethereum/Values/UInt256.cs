using System.Buffers.Binary;
using System.Globalization;

namespace Betar.Ethereum;

/// <summary>An unsigned 256-bit integer. Arithmetic is checked: a result that does not fit throws, it never wraps.</summary>
public readonly struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    public const int Size = 32;

    /// <summary>2^256 - 1 has 78 decimal digits.</summary>
    public const int MaxDecimalDigits = 78;

    // Chunks of 19 digits are the largest that always fit a ulong.
    const int ChunkDigits = 19;
    const ulong ChunkBase = 10_000_000_000_000_000_000;

    // Least significant first.
    readonly ulong _0, _1, _2, _3;

    public UInt256(ulong mostSignificant, ulong second, ulong third, ulong leastSignificant) =>
        (_3, _2, _1, _0) = (mostSignificant, second, third, leastSignificant);

    public static UInt256 Zero => default;

    public static UInt256 One => 1UL;

    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    public bool IsZero => (_0 | _1 | _2 | _3) == 0;

    public static implicit operator UInt256(ulong value) => new(0, 0, 0, value);

    public static explicit operator UInt256(UInt128 value) => new(0, 0, (ulong)(value >> 64), (ulong)value);

    public static explicit operator ulong(UInt256 value) =>
        (value._1 | value._2 | value._3) == 0 ? value._0 : throw new OverflowException("The value does not fit 64 bits.");

    public static explicit operator UInt128(UInt256 value) =>
        (value._2 | value._3) == 0 ? new UInt128(value._1, value._0) : throw new OverflowException("The value does not fit 128 bits.");

    public bool TryToUInt64(out ulong value)
    {
        value = _0;
        return (_1 | _2 | _3) == 0;
    }

    public static UInt256 operator +(UInt256 left, UInt256 right) =>
        TryAdd(left, right, out var sum) ? sum : throw new OverflowException("The sum does not fit 256 bits.");

    public static UInt256 operator -(UInt256 left, UInt256 right) =>
        TrySubtract(left, right, out var difference) ? difference : throw new OverflowException("The difference is negative.");

    public static UInt256 operator *(UInt256 left, ulong right) =>
        TryMultiply(left, right, out var product) ? product : throw new OverflowException("The product does not fit 256 bits.");

    public static bool TryAdd(UInt256 left, UInt256 right, out UInt256 sum)
    {
        var a = (UInt128)left._0 + right._0;
        var b = (UInt128)left._1 + right._1 + (ulong)(a >> 64);
        var c = (UInt128)left._2 + right._2 + (ulong)(b >> 64);
        var d = (UInt128)left._3 + right._3 + (ulong)(c >> 64);
        sum = new((ulong)d, (ulong)c, (ulong)b, (ulong)a);
        return d >> 64 == 0;
    }

    public static bool TrySubtract(UInt256 left, UInt256 right, out UInt256 difference)
    {
        unchecked
        {
            var a = (UInt128)left._0 - right._0;
            var b = (UInt128)left._1 - right._1 - (ulong)(a >> 127);
            var c = (UInt128)left._2 - right._2 - (ulong)(b >> 127);
            var d = (UInt128)left._3 - right._3 - (ulong)(c >> 127);
            difference = new((ulong)d, (ulong)c, (ulong)b, (ulong)a);
            return d >> 127 == 0;
        }
    }

    public static bool TryMultiply(UInt256 left, ulong right, out UInt256 product)
    {
        var a = (UInt128)left._0 * right;
        var b = (UInt128)left._1 * right + (ulong)(a >> 64);
        var c = (UInt128)left._2 * right + (ulong)(b >> 64);
        var d = (UInt128)left._3 * right + (ulong)(c >> 64);
        product = new((ulong)d, (ulong)c, (ulong)b, (ulong)a);
        return d >> 64 == 0;
    }

    public static UInt256 DivRem(UInt256 left, ulong right, out ulong remainder)
    {
        var (d, r3) = ulong.DivRem(left._3, right);
        var c = Divide(r3, left._2, right, out var r2);
        var b = Divide(r2, left._1, right, out var r1);
        var a = Divide(r1, left._0, right, out remainder);
        return new(d, c, b, a);
    }

    // high < divisor, so the quotient fits 64 bits.
    static ulong Divide(ulong high, ulong low, ulong divisor, out ulong remainder)
    {
        if (high == 0)
        {
            (var small, remainder) = ulong.DivRem(low, divisor);
            return small;
        }

        var value = new UInt128(high, low);
        var quotient = (ulong)(value / divisor);
        remainder = unchecked(low - quotient * divisor);
        return quotient;
    }

    /// <summary>Strict decimal: digits only, no sign, no leading zeros, at most 78 digits, at most 2^256 - 1.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<char> text, out UInt256 value)
    {
        value = Zero;
        if (text.IsEmpty || text.Length > MaxDecimalDigits || (text[0] == '0' && text.Length > 1))
            return false;

        var result = Zero;
        for (var at = 0; at < text.Length;)
        {
            ulong chunk = 0, scale = 1;
            for (var end = Math.Min(at + ChunkDigits, text.Length); at < end; at++)
            {
                if (!char.IsAsciiDigit(text[at]))
                    return false;
                chunk = chunk * 10 + (ulong)(text[at] - '0');
                scale *= 10;
            }

            if (!TryMultiply(result, scale, out result) || !TryAdd(result, chunk, out result))
                return false;
        }

        value = result;
        return true;
    }

    /// <summary>For literals and values that were checked before; see <see cref="TryParseDecimal"/> for foreign text.</summary>
    public static UInt256 Parse(string text) =>
        TryParseDecimal(text, out var value) ? value : throw new FormatException("Not an unsigned decimal integer of at most 256 bits.");

    /// <summary>Reads up to 32 bytes, most significant first.</summary>
    public static UInt256 ReadBigEndian(scoped ReadOnlySpan<byte> source)
    {
        if (source.Length > Size)
            throw new ArgumentException("More than 32 bytes.", nameof(source));

        Span<byte> padded = stackalloc byte[Size];
        if (source.Length < Size)
        {
            padded.Clear();
            source.CopyTo(padded[(Size - source.Length)..]);
            source = padded;
        }

        return new(
            BinaryPrimitives.ReadUInt64BigEndian(source),
            BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(source[24..]));
    }

    /// <summary>Writes exactly 32 bytes, most significant first.</summary>
    public void WriteBigEndian(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _0);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _1);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _2);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _3);
    }

    public int CompareTo(UInt256 other)
    {
        if (_3 != other._3)
            return _3.CompareTo(other._3);
        if (_2 != other._2)
            return _2.CompareTo(other._2);
        return _1 != other._1 ? _1.CompareTo(other._1) : _0.CompareTo(other._0);
    }

    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;

    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;

    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;

    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;

    public static bool operator ==(UInt256 left, UInt256 right) => left.Equals(right);

    public static bool operator !=(UInt256 left, UInt256 right) => !left.Equals(right);

    public bool Equals(UInt256 other) => _0 == other._0 && _1 == other._1 && _2 == other._2 && _3 == other._3;

    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_0, _1, _2, _3);

    public override string ToString()
    {
        if ((_1 | _2 | _3) == 0)
            return _0.ToString(CultureInfo.InvariantCulture);

        Span<char> digits = stackalloc char[MaxDecimalDigits + 2];
        var at = digits.Length;
        for (var rest = this; !rest.IsZero;)
        {
            rest = DivRem(rest, ChunkBase, out var chunk);
            for (var i = 0; i < ChunkDigits && (chunk != 0 || !rest.IsZero); i++)
            {
                (chunk, var digit) = ulong.DivRem(chunk, 10);
                digits[--at] = (char)('0' + digit);
            }
        }

        return new string(digits[at..]);
    }
}
