using Betar.X402;
using Betar.X402.Selling;
using Betar.X402.Wire;

namespace Betar.Storage.PaidRequests;

/// <summary>
/// The debts of a web seller in a <see cref="BetarDatabase"/>: written down before the work begins, so that a crash leaves none behind that
/// nobody knows, and kept until the work is done or the money went back.
/// </summary>
public sealed class DurableOwedWork : IOwedWork, IOwedPayments
{
    private readonly BetarDatabase database;
    private readonly TimeProvider time;

    private DurableOwedWork(BetarDatabase database, TimeProvider time) => (this.database, this.time) = (database, time);

    /// <summary>What an earlier process began and did not end is owed from now on.</summary>
    public static async Task<DurableOwedWork> OpenAsync(BetarDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        await database.WriteAsync(new OwedCrash(cancellationToken));
        return new DurableOwedWork(database, time);
    }

    public async Task<bool> BeginAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken) =>
        await database.WriteAsync(new OwedWrite(database.Prepared, key, OwedState.Working, settlement, resource, time.GetUtcNow()));

    public async Task OweAsync(PaymentKey key, SettleResponse settlement, string resource, CancellationToken cancellationToken) =>
        await database.WriteAsync(new OwedWrite(database.Prepared, key, OwedState.Owed, settlement, resource, time.GetUtcNow()));

    public async Task DoneAsync(PaymentKey key, CancellationToken cancellationToken) =>
        await database.WriteAsync(new OwedEnd(database.Prepared, key, null));

    /// <summary>The money went back in this transaction; false when nothing was owed for this payment.</summary>
    public async Task<bool> PaidBackAsync(PaymentKey key, string transaction, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(transaction);
        return await database.WriteAsync(new OwedEnd(database.Prepared, key, transaction));
    }

    public async Task<bool> TakeAsync(PaymentKey key, CancellationToken cancellationToken) =>
        await database.WriteAsync(new OwedTake(database.Prepared, key, cancellationToken));

    public Task<IReadOnlyList<OwedPayment>> ListAsync(CancellationToken cancellationToken) => ReadAsync(database, cancellationToken);

    /// <summary>What is owed by whoever writes this database, oldest first.</summary>
    public static async Task<IReadOnlyList<OwedPayment>> ReadAsync(BetarDatabase database, CancellationToken cancellationToken) => await database.ReadAsync(0, static (reader, _) =>
    {
        var owed = new List<OwedPayment>();
        var row = reader.Prepare("SELECT payment, settlement, resource, since FROM owed_work WHERE state IN (1, 3) ORDER BY since, payment");
        try
        {
            while (row.Step())
            {
                owed.Add(PaymentKey.TryParse(row.GetText(0), out var key) && WireCodec.ParseSettled(row.GetBlob(1)) is { IsOk: true } settlement
                    ? new OwedPayment(key, settlement.Value, row.GetText(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)))
                    : throw new StorageException(StorageFailure.Corrupt, $"A debt in {reader.Connection.Path} cannot be read; restore the file from a backup."));
            }

            return owed;
        }
        finally
        {
            row.Reset();
        }
    }, cancellationToken);
}
