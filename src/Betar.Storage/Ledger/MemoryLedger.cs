using System.Runtime.CompilerServices;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>The ledger in memory, with the same semantics: for tests and simulations. Nothing survives the process.</summary>
public sealed class MemoryLedger : ILedger
{
    private readonly Lock gate = new();
    private readonly LedgerOptions options;
    private readonly TimeProvider time;
    private readonly LedgerBook book = new();
    private readonly List<LedgerEntry> entries = [];
    private readonly Dictionary<PaymentKey, List<LedgerEntry>> orders = [];
    private readonly List<LedgerCheckpoint> checkpoints = [];
    private bool closed;

    public MemoryLedger(LedgerOptions? options = null, TimeProvider? time = null)
    {
        this.options = options ?? new LedgerOptions();
        this.time = time ?? TimeProvider.System;
    }

    public ValueTask<AppendResult> AppendAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        LedgerRules.Check(append, options);
        cancellationToken.ThrowIfCancellationRequested();

        // A file keeps a copy of the body; so does this.
        using var encoded = new EncodedAppend(append with { Body = append.Body.ToArray() });
        lock (gate)
            return ValueTask.FromResult(closed ? new AppendResult(AppendStatus.Closed, null) : Append(encoded));
    }

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadAsync(PaymentKey payment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return ValueTask.FromResult<IReadOnlyList<LedgerEntry>>(orders.TryGetValue(payment, out var order) ? [.. order] : []);
    }

    public ValueTask<bool> ExistsAsync(PaymentKey payment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return ValueTask.FromResult(orders.ContainsKey(payment));
    }

    public IAsyncEnumerable<LedgerEntry> QueryAsync(LedgerQuery query, CancellationToken cancellationToken)
    {
        LedgerRules.Check(query);
        return Matching(query, cancellationToken);
    }

    public ValueTask<IReadOnlyList<PaymentKey>> OpenOrdersAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return ValueTask.FromResult<IReadOnlyList<PaymentKey>>([.. book.Open.OrderBy(order => order.Value.First).Select(order => order.Key)]);
    }

    public ValueTask<LedgerTotals> TotalsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return ValueTask.FromResult(book.Sums.ToTotals(book.Orders, book.Entries));
    }

    public ValueTask<LedgerReport> VerifyAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var verifier = new LedgerVerifier(checkpoints, options.TrustedSigners, new FaultList());
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                verifier.Sequence.Entry(entry);
            }

            foreach (var entry in orders.Values.SelectMany(order => order))
            {
                verifier.Orders.Add(new ChainLink(entry.Sequence, entry.Payment, entry.Index, entry.Kind, entry.Amount,
                    entry.PreviousHash, entry.Hash));
            }

            var open = book.Open.Values.Select(tail => (tail.First, tail.Last)).ToList();
            return ValueTask.FromResult(verifier.Finish(new KeptState(book.Entries, book.Orders, book.Accumulator, book.Checkpoints,
                book.Sums.ToTotals(book.Orders, book.Entries), open)));
        }
    }

    /// <summary>From here on every append is answered with <see cref="AppendStatus.Closed"/>; a last checkpoint is signed.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (!closed && options.Signer is not null)
                Checkpoint();
            closed = true;
        }
    }

    private AppendResult Append(EncodedAppend encoded)
    {
        var append = encoded.Append;
        OrderTail? tail = null;
        if (orders.TryGetValue(append.Payment, out var order))
        {
            var last = order[^1];
            tail = new OrderTail(order[0].Sequence, last.Sequence, last.Index, last.Kind, last.Amount, last.Hash);
        }

        var status = LedgerBook.Judge(append, tail);
        if (status != AppendStatus.Appended)
            return new AppendResult(status, status == AppendStatus.Conflict ? order![append.Index] : null);
        var entry = book.Seal(encoded, tail, time.GetUtcNow());
        entries.Add(entry);
        if (order is null)
            orders.Add(append.Payment, order = []);
        order.Add(entry);
        book.Apply(entry, tail);
        if (options.Signer is not null && book.Entries - book.CheckpointedEntries >= options.CheckpointEntries)
            Checkpoint();
        return new AppendResult(AppendStatus.Appended, entry);
    }

    private void Checkpoint()
    {
        if (book.Sign(options.Signer!, time.GetUtcNow()) is { } checkpoint)
            checkpoints.Add(checkpoint);
    }

    private async IAsyncEnumerable<LedgerEntry> Matching(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        List<LedgerEntry> found;
        lock (gate)
        {
            var ordered = query.NewestFirst ? Enumerable.Reverse(entries) : entries;
            found = [.. ordered.Where(entry => Matches(query, entry)).Take(query.Limit).Select(entry => query.WithoutBodies ? entry with { Body = default } : entry)];
        }

        foreach (var entry in found)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return entry;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    private static bool Matches(LedgerQuery query, LedgerEntry entry) =>
        (query.After == 0 || (query.NewestFirst ? entry.Sequence < query.After : entry.Sequence > query.After))
        && (query.Payment is not { } payment || entry.Payment == payment)
        && (query.AgentId is not { } agent || entry.AgentId == agent)
        && (query.Payer is not { } payer || entry.Payment.From == payer)
        && (query.Nonce is not { } nonce || entry.Payment.Nonce == nonce)
        && (query.Kind is not { } kind || entry.Kind == kind)
        && (query.Since is not { } since || entry.At >= DateTimeOffset.FromUnixTimeMilliseconds(LedgerQuerySql.Milliseconds(since)))
        && (query.Until is not { } until || entry.At < DateTimeOffset.FromUnixTimeMilliseconds(LedgerQuerySql.Milliseconds(until)));
}
