namespace Betar.Storage.Ledger;

internal sealed class FaultList
{
    private readonly List<LedgerFault> faults = [];

    public void Add(LedgerFaultKind kind, long sequence, string message) => faults.Add(new LedgerFault(kind, sequence, message));

    /// <summary>In the order of sequence numbers; those of one number in the order of discovery.</summary>
    public IReadOnlyList<LedgerFault> Sorted() => [.. faults.OrderBy(fault => fault.Sequence)];
}
