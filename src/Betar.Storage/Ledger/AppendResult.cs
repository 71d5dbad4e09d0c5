namespace Betar.Storage.Ledger;

/// <param name="Status">What became of it.</param>
/// <param name="Entry">The new entry, or at a conflict the one that holds the index.</param>
public readonly record struct AppendResult(AppendStatus Status, LedgerEntry? Entry);
