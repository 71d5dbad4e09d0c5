using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>The walk in the order of sequence: nothing missing, every hash right, every checkpoint over what is there.</summary>
internal sealed class SequenceCheck
{
    private readonly FaultList faults;
    private readonly CheckpointCheck checkpoints;

    public SequenceCheck(FaultList faults, CheckpointCheck checkpoints)
    {
        this.faults = faults;
        this.checkpoints = checkpoints;
    }

    public long Entries { get; private set; }

    public long Last { get; private set; }

    public Hash32 Accumulator { get; private set; }

    public void Entry(LedgerEntry entry)
    {
        if (LedgerHash.Entry(entry) != entry.Hash)
            faults.Add(LedgerFaultKind.Hash, entry.Sequence, $"Entry {entry.Sequence} does not have the hash that is stored with it.");
        Advance(entry.Sequence, entry.Hash);
    }

    /// <param name="sequence">Which entry.</param>
    /// <param name="badColumn">What cannot be read.</param>
    /// <param name="hash">The stored hash, when at least that can be read.</param>
    public void Unreadable(long sequence, string badColumn, Hash32 hash)
    {
        faults.Add(LedgerFaultKind.Unreadable, sequence, $"Entry {sequence} cannot be read: column {badColumn}.");
        Advance(sequence, hash);
    }

    public void Finish(KeptState kept)
    {
        checkpoints.Finish(Last, kept.Checkpoints);
        if (Last < kept.Entries)
            faults.Add(LedgerFaultKind.Missing, Last + 1, $"Entries {Last + 1} to {kept.Entries} are missing at the end.");
        else if (Last > kept.Entries)
            faults.Add(LedgerFaultKind.Totals, 0, $"The head counts {kept.Entries} entries, the last one is {Last}.");
        if (Accumulator != kept.Accumulator)
            faults.Add(LedgerFaultKind.Totals, 0, "The head does not cover the entries as they are.");
    }

    private void Advance(long sequence, in Hash32 hash)
    {
        if (sequence != Last + 1)
            faults.Add(LedgerFaultKind.Missing, Last + 1, $"Entries {Last + 1} to {sequence - 1} are missing.");
        Entries++;
        Last = sequence;

        // The stored hash: a wrong field is reported once, at its entry, and not again at every checkpoint after it.
        Accumulator = checkpoints.Reach(sequence, LedgerHash.Accumulate(Accumulator, hash));
    }
}
