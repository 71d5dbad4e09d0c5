using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>Puts the walks together. A provider feeds entries by sequence, then links by order, then what it keeps beside.</summary>
internal sealed class LedgerVerifier
{
    private readonly CheckpointCheck checkpoints;

    public LedgerVerifier(IReadOnlyList<LedgerCheckpoint> checkpoints, IReadOnlyList<Address> trusted, FaultList faults)
    {
        Faults = faults;
        this.checkpoints = new CheckpointCheck(faults, checkpoints, trusted);
        Sequence = new SequenceCheck(faults, this.checkpoints);
        Orders = new OrderCheck(faults);
    }

    public FaultList Faults { get; }

    public SequenceCheck Sequence { get; }

    public OrderCheck Orders { get; }

    public LedgerReport Finish(KeptState kept)
    {
        Sequence.Finish(kept);
        var totals = Orders.Finish(Sequence.Entries, kept);
        return new LedgerReport(Faults.Sorted(), totals, checkpoints.Count, checkpoints.Covered, checkpoints.Signers, Sequence.Accumulator);
    }
}
