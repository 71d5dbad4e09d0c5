namespace Betar.Storage.Ledger;

/// <summary>One order of a list.</summary>
/// <param name="Cursor">Where the next page goes on.</param>
/// <param name="Last">The entry that says where the order is, without its body.</param>
public sealed record OrderLine(long Cursor, LedgerEntry Last);
