using Betar.Storage.Holding;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Storage.Settlements;

/// <summary>
/// The settlement book in a <see cref="BetarDatabase"/>: a payment is taken, and its end told, only when that is on disk. What a process took
/// and did not end is pending for the next one. One book per database.
/// </summary>
public sealed class DurableSettlementBook : ISettlementBook
{
    private readonly BetarDatabase database;
    private readonly TimeProvider time;
    private readonly RowRoom room;
    private readonly HeldPayments<RunningSettlement> running;

    private DurableSettlementBook(BetarDatabase database, SettlementBookOptions options, TimeProvider time, long rows)
    {
        (this.database, this.time) = (database, time);
        room = new RowRoom(new RowUse(rows, 0), options.Capacity);
        running = new HeldPayments<RunningSettlement>(room);
    }

    public static async Task<DurableSettlementBook> OpenAsync(
        BetarDatabase database, SettlementBookOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var rows = await database.ReadAsync(0, static (reader, _) => reader.Connection.ScalarInt64("SELECT count(*) FROM settlement"), cancellationToken);
        return new DurableSettlementBook(database, options, time, rows);
    }

    public async Task<SettlementEntry> BeginAsync(PaymentKey key, string? attempt, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (running.TryHold(key, new RunningSettlement(attempt), out var other))
                return await running.BeginAsync(key, other, hasRoom => TakeAsync(key, attempt, keepUntil, hasRoom, cancellationToken), static entry => entry.IsOwner);
            if (!await other.Begun.Task.WaitAsync(cancellationToken))
                continue;
            return attempt is null || attempt != other.Attempt
                ? SettlementEntry.Taken("")
                : SettlementEntry.Ended(await other.Outcome.Task.WaitAsync(cancellationToken));
        }
    }

    public async Task<bool> IsPendingAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        return running.Find(key) is null && await database.ReadAsync(key, static (reader, wanted) =>
        {
            var row = reader.Prepare("SELECT 1 FROM settlement WHERE payment = ?1 AND response IS NULL").Bind(1, wanted.ToString());
            try
            {
                return row.Step();
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken);
    }

    public async Task EndAsync(PaymentKey key, SettleResponse response, CancellationToken cancellationToken)
    {
        // Should the disk refuse, nobody knows how it ended: the next who asks finds out.
        var told = SettleResponse.Failed(WireReasons.SettlementPending, response.Network, response.Payer);
        try
        {
            var nothingSent = !response.Success && !response.IsPending && response.Transaction.Length == 0;
            var gone = await database.WriteAsync(new SettlementEnd(
                database.Prepared, key, response.IsPending ? null : WireCodec.Write(response), nothingSent, time.GetUtcNow()));
            room.Add(new RowUse(-gone, 0));
            told = response;
        }
        finally
        {
            running.LetGo(key)?.Outcome.TrySetResult(told);
        }
    }

    private async ValueTask<(SettlementEntry Entry, RowUse Change)> TakeAsync(
        PaymentKey key, string? attempt, DateTimeOffset keepUntil, bool hasRoom, CancellationToken cancellationToken)
    {
        var taken = await database.WriteAsync(new SettlementTake(database.Prepared, key, attempt, keepUntil, time.GetUtcNow(), hasRoom, cancellationToken));
        return (
            taken.Entry ?? SettlementEntry.Ended(SettleResponse.Failed(WireReasons.UnexpectedSettleError, key.Network.ToString(), message: "too many settlements at once")),
            new RowUse(taken.Rows, 0));
    }
}
