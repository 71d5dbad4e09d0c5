using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>
/// Paid requests and their answers in a <see cref="BetarDatabase"/>. Which request works now is in memory: after a crash nobody does, and the
/// next repeat goes on where the last one stopped. One store per database.
/// </summary>
public sealed class DurablePaidRequestStore : IPaidRequestStore, IBoughtAnswers
{
    private readonly BetarDatabase database;
    private readonly PaidRequestOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<PaymentKey, HeldRequest> held = [];
    private PaidRequestUse use;

    private DurablePaidRequestStore(BetarDatabase database, PaidRequestOptions options, TimeProvider time, PaidRequestUse use) =>
        (this.database, this.options, this.time, this.use) = (database, options, time, use);

    public static async Task<DurablePaidRequestStore> OpenAsync(
        BetarDatabase database, PaidRequestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        options.ThrowIfFaulty();
        var use = await database.ReadAsync(0, static (reader, _) => new PaidRequestUse(
            reader.Connection.ScalarInt64("SELECT count(*) FROM paid_request"), reader.Connection.ScalarInt64("SELECT coalesce(sum(bytes), 0) FROM paid_request")),
            cancellationToken);
        return new DurablePaidRequestStore(database, options, time, use);
    }

    // Twice as long while it is open: a payment may be good for a day before it is settled.
    private DateTimeOffset KeepOpen => time.GetUtcNow() + options.Keep + options.Keep;

    public async Task<PaidEntry> BeginAsync(PaymentKey key, Hash32 fingerprint, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryHold(key, fingerprint, out var other))
                return await TakeAsync(key, other, cancellationToken);
            if (!await other.Begun.Task.WaitAsync(cancellationToken))
                continue;
            if (other.Fingerprint != fingerprint)
                return PaidEntry.Conflict;
            await other.Turn.Task.WaitAsync(cancellationToken);
        }
    }

    public async Task PrepareAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken) =>
        Add(await database.WriteAsync(new PaidRequestPut(database.Prepared, key, new PaidRequestRow(Held(key).Fingerprint, PaidRequestState.Prepared, answer), KeepOpen)));

    public async Task CompleteAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        Add(await database.WriteAsync(new PaidRequestPut(
            database.Prepared, key, new PaidRequestRow(Held(key).Fingerprint, PaidRequestState.Final, answer), time.GetUtcNow() + options.Keep)));
        LetGo(key);
    }

    public Task YieldAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        LetGo(key);
        return Task.CompletedTask;
    }

    public async Task ReleaseAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        Add(await database.WriteAsync(new PaidRequestRelease(database.Prepared, key)));
        LetGo(key);
    }

    public async Task<StoredAnswer?> FindAsync(Address buyer, Hash32 fingerprint, CancellationToken cancellationToken) => await database.ReadAsync(
        (buyer, fingerprint, Now: time.GetUtcNow()), static (reader, asked) => PaidRequestRows.FindBought(reader, asked.buyer, asked.fingerprint, asked.Now), cancellationToken);

    private async Task<PaidEntry> TakeAsync(PaymentKey key, HeldRequest mine, CancellationToken cancellationToken)
    {
        var isOwner = false;
        var hasRoom = Reserve();
        var change = default(PaidRequestUse);
        try
        {
            (var entry, change) = await database.WriteAsync(
                new PaidRequestBegin(database.Prepared, key, mine.Fingerprint, KeepOpen, time.GetUtcNow(), hasRoom, cancellationToken));
            isOwner = entry.IsOwner;
            return entry;
        }
        finally
        {
            Add(change + new PaidRequestUse(-1, 0));
            if (!isOwner)
                LetGo(key);
            mine.Begun.SetResult(isOwner);
        }
    }

    private bool TryHold(PaymentKey key, Hash32 fingerprint, out HeldRequest entry)
    {
        lock (gate)
        {
            if (held.TryGetValue(key, out entry!))
                return false;
            held.Add(key, entry = new HeldRequest(fingerprint));
            return true;
        }
    }

    private HeldRequest Held(PaymentKey key)
    {
        lock (gate)
            return held[key];
    }

    private void LetGo(PaymentKey key)
    {
        HeldRequest? entry;
        lock (gate)
            held.Remove(key, out entry);
        entry?.Turn.TrySetResult();
    }

    /// <summary>Counts one more before it is written, so that many at once cannot pass the limit together.</summary>
    private bool Reserve()
    {
        lock (gate)
        {
            var hasRoom = use.Entries < options.MaxEntries && use.Bytes < options.MaxBytes;
            use += new PaidRequestUse(1, 0);
            return hasRoom;
        }
    }

    private void Add(PaidRequestUse change)
    {
        lock (gate)
            use += change;
    }
}
