namespace Betar.Storage.Ledger;

/// <summary>What a caller must not do at all: bugs, found before anything is queued.</summary>
internal static class LedgerRules
{
    public static void Check(LedgerAppend append, LedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(append);
        ArgumentOutOfRangeException.ThrowIfNegative(append.Index);
        ArgumentNullException.ThrowIfNull(append.AgentId);
        ArgumentNullException.ThrowIfNull(append.Reference);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.AgentId.Length, options.MaxTextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.Reference.Length, options.MaxTextLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.Body.Length, options.MaxBodyBytes);
        if (!Enum.IsDefined(append.Kind))
            throw new ArgumentOutOfRangeException(nameof(append), append.Kind, "Not a kind of entry.");
        if (!AssetSums.Fits(append.Amount))
            throw new ArgumentOutOfRangeException(nameof(append), $"The amount has more than {AssetSums.MaxAmountDigits} digits.");
    }

    public static void Check(LedgerQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(query.After);
    }
}
