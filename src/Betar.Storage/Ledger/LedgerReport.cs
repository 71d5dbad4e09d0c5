using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>What verification found after it walked everything.</summary>
/// <param name="Faults">Every fault, in the order of sequence numbers.</param>
/// <param name="Totals">Computed from the entries alone.</param>
/// <param name="Checkpoints">How many signed checkpoints there are.</param>
/// <param name="Covered">The last entry under a good checkpoint; what comes later is protected by counts alone.</param>
/// <param name="Signers">Who signed.</param>
/// <param name="Head">The accumulator over all entries: keep it elsewhere, and a later cut is found even without signatures.</param>
public sealed record LedgerReport(
    IReadOnlyList<LedgerFault> Faults,
    LedgerTotals Totals,
    long Checkpoints,
    long Covered,
    IReadOnlyList<Address> Signers,
    Hash32 Head)
{
    public bool Ok => Faults.Count == 0;
}
