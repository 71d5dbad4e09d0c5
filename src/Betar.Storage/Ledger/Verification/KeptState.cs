using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>What the ledger keeps beside its entries, for comparison with what the entries say.</summary>
internal sealed record KeptState(
    long Entries,
    long Orders,
    Hash32 Accumulator,
    long Checkpoints,
    LedgerTotals Totals,
    IReadOnlyList<(long First, long Last)> Open);
