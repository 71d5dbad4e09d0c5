using System.Globalization;

namespace Betar.X402;

/// <summary>An EVM chain in CAIP-2 form, "eip155:84532".</summary>
public readonly record struct NetworkId(ulong ChainId)
{
    private const string Prefix = "eip155:";
    private const int MaxDigits = 20;

    public static NetworkId BaseSepolia => new(84532);

    /// <summary>"eip155:" and a decimal chain id without leading zeros; 0 is no chain.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NetworkId network)
    {
        network = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var digits = text[Prefix.Length..];
        if (digits.Length is 0 or > MaxDigits
            || digits[0] == '0'
            || !ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var chainId))
        {
            return false;
        }

        network = new NetworkId(chainId);
        return true;
    }

    public static NetworkId Parse(string text) =>
        TryParse(text, out var network) ? network : throw new FormatException("Not a network of the form eip155:<chain id>.");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{ChainId}");
}
