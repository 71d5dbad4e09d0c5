using System.Globalization;
using Betar.X402;

namespace Betar.Marketplace.Listings;

/// <summary>A price as it stands in JSON, to whole units and back, without a binary fraction on the way.</summary>
public static class PriceText
{
    /// <summary>No number of units needs more digits, and a longer text is somebody's joke.</summary>
    public const int MaxLength = 64;

    private const int MaxShift = 100;

    public static string Of(AtomicAmount price) => price.ToUsdc();

    /// <summary>A JSON number that is exactly a whole number of units: 0.001, 1e-3 and 1.0e-3 are the same. Nothing is rounded.</summary>
    public static bool TryParse(ReadOnlySpan<char> number, out AtomicAmount price)
    {
        price = default;
        if (number.IsEmpty || number.Length > MaxLength)
            return false;
        var exponentAt = number.IndexOfAny('e', 'E');
        var exponent = 0;
        if (exponentAt >= 0 && !int.TryParse(number[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
            return false;
        var digits = exponentAt >= 0 ? number[..exponentAt] : number;
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? [] : digits[(point + 1)..].TrimEnd('0');
        if (whole.IsEmpty || exponent is < -MaxShift or > MaxShift || !AreDigits(whole) || !AreDigits(fraction))
            return false;

        // How many places the digits that are there must move to become units.
        var shift = AtomicAmount.UsdcDecimals + exponent - fraction.Length;
        var text = string.Concat(whole, fraction).TrimStart('0');
        if (text.Length == 0)
            return true;
        if (shift < 0)
        {
            if (-shift >= text.Length || text.AsSpan(text.Length + shift).ContainsAnyExcept('0'))
                return false;
            text = text[..(text.Length + shift)];
        }
        else
        {
            text += new string('0', shift);
        }

        return AtomicAmount.TryParse(text, out price);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
