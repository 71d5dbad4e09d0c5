using Betar.Ethereum;
using Betar.Storage.Holding;
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
    private readonly RowRoom room;
    private readonly HeldPayments<HeldRequest> held;

    private DurablePaidRequestStore(BetarDatabase database, PaidRequestOptions options, TimeProvider time, RowUse use)
    {
        (this.database, this.options, this.time) = (database, options, time);
        room = new RowRoom(use, options.MaxEntries, options.MaxBytes);
        held = new HeldPayments<HeldRequest>(room);
    }

    public static async Task<DurablePaidRequestStore> OpenAsync(
        BetarDatabase database, PaidRequestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        options.ThrowIfFaulty();
        var use = await database.ReadAsync(0, static (reader, _) => new RowUse(
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
            if (held.TryHold(key, new HeldRequest(fingerprint), out var other))
                return await held.BeginAsync(key, other, hasRoom => TakeAsync(key, fingerprint, hasRoom, cancellationToken), static entry => entry.IsOwner);
            if (!await other.Begun.Task.WaitAsync(cancellationToken))
                continue;
            if (other.Fingerprint != fingerprint)
                return PaidEntry.Conflict;
            await other.Turn.Task.WaitAsync(cancellationToken);
        }
    }

    public async Task PrepareAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken) =>
        room.Add(await database.WriteAsync(new PaidRequestPut(database.Prepared, key, new PaidRequestRow(Fingerprint(key), PaidRequestState.Prepared, answer), KeepOpen)));

    public async Task CompleteAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken)
    {
        room.Add(await database.WriteAsync(new PaidRequestPut(
            database.Prepared, key, new PaidRequestRow(Fingerprint(key), PaidRequestState.Final, answer), time.GetUtcNow() + options.Keep)));
        LetGo(key);
    }

    public Task YieldAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        LetGo(key);
        return Task.CompletedTask;
    }

    public async Task ReleaseAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        room.Add(await database.WriteAsync(new PaidRequestRelease(database.Prepared, key)));
        LetGo(key);
    }

    public async Task<StoredAnswer?> FindAsync(Address buyer, Hash32 fingerprint, CancellationToken cancellationToken) => await database.ReadAsync(
        (buyer, fingerprint, Now: time.GetUtcNow()), static (reader, asked) => PaidRequestRows.FindBought(reader, asked.buyer, asked.fingerprint, asked.Now), cancellationToken);

    private ValueTask<(PaidEntry Entry, RowUse Change)> TakeAsync(PaymentKey key, Hash32 fingerprint, bool hasRoom, CancellationToken cancellationToken) =>
        database.WriteAsync(new PaidRequestBegin(database.Prepared, key, fingerprint, KeepOpen, time.GetUtcNow(), hasRoom, cancellationToken));

    private Hash32 Fingerprint(PaymentKey key) =>
        held.Find(key)?.Fingerprint ?? throw new InvalidOperationException($"Nobody has {key} in hand.");

    private void LetGo(PaymentKey key) => held.LetGo(key)?.Turn.TrySetResult();
}
