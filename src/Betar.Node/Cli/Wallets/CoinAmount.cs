using Betar.Ethereum;

namespace Betar.Node.Cli.Wallets;

/// <summary>An amount as a person writes it, "1.5", and as the chain counts it. A digit too many is refused, never rounded.</summary>
internal static class CoinAmount
{
    /// <summary>The decimals of a chain's own coin.</summary>
    public const int CoinDecimals = 18;

    public static bool TryParse(string text, int decimals, out UInt256 amount)
    {
        amount = default;
        if (text.Length > UInt256.MaxDecimalDigits + 1)
            return false;
        var parts = text.Split('.');
        string whole = parts[0], fraction = parts.Length == 2 ? parts[1] : "";
        if (parts.Length > 2 || (parts.Length == 2 && fraction.Length == 0) || fraction.Length > decimals || !fraction.All(char.IsAsciiDigit)
            || !UInt256.TryParseDecimal(whole, out _))
            return false;
        var digits = (whole + fraction.PadRight(decimals, '0')).TrimStart('0');
        return UInt256.TryParseDecimal(digits.Length == 0 ? "0" : digits, out amount);
    }

    /// <summary>The shortest exact text.</summary>
    public static string Format(UInt256 amount, int decimals)
    {
        var digits = amount.ToString().PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }
}
