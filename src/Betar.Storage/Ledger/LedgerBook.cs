using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>
/// The rules of the ledger over what its writer must remember: the head, the sums, the open orders. Every provider appends
/// through it, so that all have the same semantics. One thread at a time.
/// </summary>
internal sealed class LedgerBook
{
    public long Entries { get; set; }

    public long Orders { get; set; }

    public Hash32 Accumulator { get; set; }

    public long Checkpoints { get; set; }

    public long CheckpointedEntries { get; set; }

    public Hash32 LastCheckpointHash { get; set; }

    public LedgerSums Sums { get; } = new();

    public Dictionary<PaymentKey, OrderTail> Open { get; } = [];

    /// <param name="append">What somebody wants to write.</param>
    /// <param name="tail">The end of its order; null when the order is new.</param>
    public static AppendStatus Judge(LedgerAppend append, in OrderTail? tail)
    {
        if (tail is not { } last)
        {
            return append.Index == 0 && LedgerTransitions.IsFirst(append.Kind)
                ? AppendStatus.Appended
                : AppendStatus.IllegalTransition;
        }

        if (append.Index <= last.Index)
            return AppendStatus.Conflict;
        return append.Index == last.Index + 1 && append.Amount == last.Amount && LedgerTransitions.IsLegal(last.Kind, append.Kind)
            ? AppendStatus.Appended
            : AppendStatus.IllegalTransition;
    }

    /// <summary>The entry that a legal append becomes; nothing is remembered yet.</summary>
    public LedgerEntry Seal(EncodedAppend encoded, in OrderTail? tail, DateTimeOffset now)
    {
        // The file keeps milliseconds, and the hash covers what the file keeps.
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var previous = tail?.Hash ?? Hash32.Zero;
        var sequence = Entries + 1;
        var append = encoded.Append;
        return new LedgerEntry(sequence, append.Payment, append.Index, append.Kind, at, append.AgentId, append.Amount,
            append.Reference, append.Body, previous, LedgerHash.Entry(encoded.Content, sequence, at, previous));
    }

    /// <summary>Remembers an entry that was written.</summary>
    public void Apply(LedgerEntry entry, in OrderTail? tail)
    {
        var first = tail?.First ?? entry.Sequence;
        Entries = entry.Sequence;
        Orders += entry.Index == 0 ? 1 : 0;
        Accumulator = LedgerHash.Accumulate(Accumulator, entry.Hash);
        if (LedgerTransitions.IsEnd(entry.Kind))
            Open.Remove(entry.Payment);
        else
            Open[entry.Payment] = new OrderTail(first, entry.Sequence, entry.Index, entry.Kind, entry.Amount, entry.Hash);
        if (LedgerTransitions.MovesMoney(entry.Kind))
            Sums.For(entry.Payment.Network, entry.Payment.Asset).Add(entry.Kind, entry.Amount);
    }

    /// <summary>The next checkpoint over everything, or null when the last one covers it all.</summary>
    public LedgerCheckpoint? Sign(ICheckpointSigner signer, DateTimeOffset now)
    {
        if (CheckpointedEntries == Entries)
            return null;
        var at = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var checkpoint = LedgerCheckpoint.Create(Checkpoints + 1, Entries, Accumulator, at, LastCheckpointHash, signer);
        Checkpoints = checkpoint.Number;
        CheckpointedEntries = checkpoint.Sequence;
        LastCheckpointHash = checkpoint.Hash;
        return checkpoint;
    }
}
