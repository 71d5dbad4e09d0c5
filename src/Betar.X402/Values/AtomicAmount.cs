using Betar.Ethereum;

namespace Betar.X402;

/// <summary>Money as a whole number of the token's smallest units. There is no fraction and no sign.</summary>
public readonly struct AtomicAmount : IEquatable<AtomicAmount>, IComparable<AtomicAmount>
{
    public const int UsdcDecimals = 6;

    private const ulong UnitsPerUsdc = 1_000_000;
    private const int MaxUsdcTextLength = UInt256.MaxDecimalDigits + 1;

    public AtomicAmount(UInt256 units) => Units = units;

    public static AtomicAmount Zero => default;

    public UInt256 Units { get; }

    public bool IsZero => Units.IsZero;

    public static implicit operator AtomicAmount(ulong units) => new(units);

    /// <summary>Digits only: no sign, no leading zero, at most 2^256-1.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AtomicAmount amount)
    {
        var parsed = UInt256.TryParseDecimal(text, out var units);
        amount = new AtomicAmount(units);
        return parsed;
    }

    public static AtomicAmount Parse(string text) =>
        TryParse(text, out var amount) ? amount : throw new FormatException("Not a decimal number of units.");

    /// <summary>USDC as a person writes it, "0.001" or "12". A seventh digit after the point is refused, never rounded.</summary>
    public static bool TryParseUsdc(ReadOnlySpan<char> text, out AtomicAmount amount)
    {
        amount = default;
        if (text.Length > MaxUsdcTextLength)
        {
            return false;
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (fraction.Length > UsdcDecimals
            || (point >= 0 && fraction.IsEmpty)
            || !UInt256.TryParseDecimal(whole, out var usdc)
            || !TryParseFraction(fraction, out var rest)
            || !UInt256.TryMultiply(usdc, UnitsPerUsdc, out var units)
            || !UInt256.TryAdd(units, rest, out units))
        {
            return false;
        }

        amount = new AtomicAmount(units);
        return true;
    }

    public static bool TryAdd(AtomicAmount left, AtomicAmount right, out AtomicAmount sum)
    {
        var fits = UInt256.TryAdd(left.Units, right.Units, out var units);
        sum = new AtomicAmount(units);
        return fits;
    }

    public static bool TrySubtract(AtomicAmount left, AtomicAmount right, out AtomicAmount difference)
    {
        var fits = UInt256.TrySubtract(left.Units, right.Units, out var units);
        difference = new AtomicAmount(units);
        return fits;
    }

    public static AtomicAmount operator +(AtomicAmount left, AtomicAmount right) => new(left.Units + right.Units);

    public static AtomicAmount operator -(AtomicAmount left, AtomicAmount right) => new(left.Units - right.Units);

    public static bool operator <(AtomicAmount left, AtomicAmount right) => left.CompareTo(right) < 0;

    public static bool operator >(AtomicAmount left, AtomicAmount right) => left.CompareTo(right) > 0;

    public static bool operator <=(AtomicAmount left, AtomicAmount right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AtomicAmount left, AtomicAmount right) => left.CompareTo(right) >= 0;

    public static bool operator ==(AtomicAmount left, AtomicAmount right) => left.Equals(right);

    public static bool operator !=(AtomicAmount left, AtomicAmount right) => !left.Equals(right);

    public int CompareTo(AtomicAmount other) => Units.CompareTo(other.Units);

    public bool Equals(AtomicAmount other) => Units == other.Units;

    public override bool Equals(object? obj) => obj is AtomicAmount other && Equals(other);

    public override int GetHashCode() => Units.GetHashCode();

    /// <summary>The shortest exact USDC text: 1000 units are "0.001".</summary>
    public string ToUsdc()
    {
        var whole = UInt256.DivRem(Units, UnitsPerUsdc, out var rest);
        if (rest == 0)
        {
            return whole.ToString();
        }

        var digits = rest.ToString("D6", System.Globalization.CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{whole}.{digits}";
    }

    public override string ToString() => Units.ToString();

    private static bool TryParseFraction(ReadOnlySpan<char> digits, out ulong units)
    {
        units = 0;
        for (var i = 0; i < UsdcDecimals; i++)
        {
            var digit = i < digits.Length ? digits[i] : '0';
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            units = (units * 10) + (ulong)(digit - '0');
        }

        return true;
    }
}
