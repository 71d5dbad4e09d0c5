using System.Diagnostics.CodeAnalysis;

namespace Betar.Ethereum;

/// <summary>A fee, or why there is none. The default value is a chain that did not answer.</summary>
/// <param name="Detail">A sentence for people; empty with a quote.</param>
public readonly record struct FeeOutcome(FeeStatus Status, FeeQuote? Quote, string Detail)
{
    /// <summary>For machines: <c>fee_unavailable</c>, <c>fee_above_ceiling</c>, empty with a quote.</summary>
    public string Code => Status switch
    {
        FeeStatus.Quoted => "",
        FeeStatus.TooExpensive => "fee_above_ceiling",
        _ => "fee_unavailable",
    };

    public bool TryGetQuote([NotNullWhen(true)] out FeeQuote? quote)
    {
        quote = Quote;
        return Status == FeeStatus.Quoted && quote is not null;
    }

    internal static FeeOutcome Of(FeeQuote quote) => new(FeeStatus.Quoted, quote, "");

    internal static FeeOutcome Unavailable(string detail) => new(FeeStatus.Unavailable, null, detail);

    internal static FeeOutcome TooExpensive(UInt256 needed, ulong most) =>
        new(FeeStatus.TooExpensive, null, $"inclusion takes {needed} wei per gas and {most} are allowed");
}
