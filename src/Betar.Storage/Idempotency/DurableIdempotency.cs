using Betar.Storage.Holding;

namespace Betar.Storage.Idempotency;

/// <summary>
/// Keys of requests in a <see cref="BetarDatabase"/>: one key is one request, and its repeats get the first one's answer, also after a crash. What
/// was under way when the process died is let go: its repeat is done again.
/// </summary>
public sealed class DurableIdempotency
{
    private readonly BetarDatabase database;
    private readonly IdempotencyOptions options;
    private readonly TimeProvider time;
    private readonly RowRoom room;

    private DurableIdempotency(BetarDatabase database, IdempotencyOptions options, TimeProvider time, RowUse use) =>
        (this.database, this.options, this.time, room) = (database, options, time, new RowRoom(use, options.MaxKeys, options.MaxBytes));

    public static async Task<DurableIdempotency> OpenAsync(
        BetarDatabase database, IdempotencyOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        await database.WriteAsync(new IdempotencyClear(cancellationToken));
        var use = await database.ReadAsync(0, static (reader, _) => new RowUse(
            reader.Connection.ScalarInt64("SELECT count(*) FROM idempotency_key"),
            reader.Connection.ScalarInt64("SELECT coalesce(sum(length(body)), 0) FROM idempotency_key")), cancellationToken);
        return new DurableIdempotency(database, options, time, use);
    }

    /// <param name="key">Of the caller and the name that it gave: a hash of both.</param>
    /// <param name="fingerprint">Of everything that makes the request what it is.</param>
    /// <param name="cancellationToken">Ends the waiting; then nothing was taken.</param>
    public Task<IdempotencyEntry> BeginAsync(byte[] key, byte[] fingerprint, CancellationToken cancellationToken) => room.WriteAsync(async hasRoom =>
    {
        var now = time.GetUtcNow();
        return await database.WriteAsync(new IdempotencyBegin(database.Prepared, key, fingerprint, now + options.Keep, now, hasRoom, cancellationToken));
    });

    public async Task CompleteAsync(byte[] key, KeptAnswer answer)
    {
        await database.WriteAsync(new IdempotencyEnd(database.Prepared, key, answer));
        room.Add(new RowUse(0, answer.Body.Length));
    }

    /// <summary>Nothing was done: the next request with this key is the first.</summary>
    public async Task ReleaseAsync(byte[] key) => room.Add(new RowUse(-await database.WriteAsync(new IdempotencyEnd(database.Prepared, key, null)), 0));
}
