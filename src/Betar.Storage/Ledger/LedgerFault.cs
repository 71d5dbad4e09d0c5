namespace Betar.Storage.Ledger;

/// <param name="Kind">What is wrong.</param>
/// <param name="Sequence">The entry (or the entry that a checkpoint covers); 0 when it is about the whole.</param>
/// <param name="Message">One sentence.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, long Sequence, string Message);
