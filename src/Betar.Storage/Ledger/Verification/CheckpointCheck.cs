using Betar.Ethereum;

namespace Betar.Storage.Ledger;

/// <summary>Signed checkpoints: numbered without a gap, linked, signed by who may sign, over the entries as they are.</summary>
internal sealed class CheckpointCheck
{
    private readonly FaultList faults;
    private readonly IReadOnlyList<LedgerCheckpoint> checkpoints;
    private readonly HashSet<Address> trusted;
    private readonly List<Address> signers = [];
    private int next;

    public CheckpointCheck(FaultList faults, IReadOnlyList<LedgerCheckpoint> checkpoints, IReadOnlyList<Address> trusted)
    {
        this.faults = faults;
        this.checkpoints = checkpoints;
        this.trusted = [.. trusted];
        CheckChain();
    }

    public long Count => checkpoints.Count;

    public long Covered { get; private set; }

    public IReadOnlyList<Address> Signers => signers;

    /// <summary>Compares the accumulator at an entry; returns the one to go on with, so that one cut is one fault.</summary>
    public Hash32 Reach(long sequence, Hash32 accumulator)
    {
        while (next < checkpoints.Count && checkpoints[next].Sequence <= sequence)
        {
            var checkpoint = checkpoints[next++];
            if (checkpoint.Sequence == sequence && checkpoint.Accumulator == accumulator)
            {
                Covered = sequence;
                continue;
            }

            faults.Add(LedgerFaultKind.Checkpoint, checkpoint.Sequence,
                $"Checkpoint {checkpoint.Number} does not cover the entries up to {checkpoint.Sequence} as they are.");
            if (checkpoint.Sequence == sequence)
                accumulator = checkpoint.Accumulator;
        }

        return accumulator;
    }

    public void Finish(long last, long written)
    {
        for (; next < checkpoints.Count; next++)
        {
            faults.Add(LedgerFaultKind.Checkpoint, checkpoints[next].Sequence,
                $"Checkpoint {checkpoints[next].Number} covers entry {checkpoints[next].Sequence}, but the last one is {last}.");
        }

        if (checkpoints.Count != written)
            faults.Add(LedgerFaultKind.Checkpoint, 0, $"{written} checkpoints were written, {checkpoints.Count} are there.");
    }

    private void CheckChain()
    {
        var number = 0L;
        var previous = Hash32.Zero;
        foreach (var checkpoint in checkpoints)
        {
            if (checkpoint.Number != number + 1 || checkpoint.PreviousHash != previous)
            {
                faults.Add(LedgerFaultKind.Checkpoint, checkpoint.Sequence,
                    $"Checkpoint {checkpoint.Number} does not follow on checkpoint {number}.");
            }

            CheckSignature(checkpoint);
            number = checkpoint.Number;
            previous = checkpoint.Hash;
        }
    }

    private void CheckSignature(LedgerCheckpoint checkpoint)
    {
        if (!signers.Contains(checkpoint.Signer))
            signers.Add(checkpoint.Signer);
        if (checkpoint.ComputeHash() != checkpoint.Hash || !checkpoint.IsSigned())
        {
            faults.Add(LedgerFaultKind.Signature, checkpoint.Sequence,
                $"Checkpoint {checkpoint.Number} is not what {checkpoint.Signer} signed.");
        }
        else if (trusted.Count > 0 ? !trusted.Contains(checkpoint.Signer) : checkpoint.Signer != signers[0])
        {
            faults.Add(LedgerFaultKind.Signature, checkpoint.Sequence,
                $"Checkpoint {checkpoint.Number} is signed by {checkpoint.Signer}, who is not trusted to.");
        }
    }
}
