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
    private readonly SettlementBookOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly Dictionary<PaymentKey, RunningSettlement> running = [];
    private int rows;

    private DurableSettlementBook(BetarDatabase database, SettlementBookOptions options, TimeProvider time, int rows) =>
        (this.database, this.options, this.time, this.rows) = (database, options, time, rows);

    public static async Task<DurableSettlementBook> OpenAsync(
        BetarDatabase database, SettlementBookOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (options.Faults() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        var rows = await database.ReadAsync(0, static (reader, _) => reader.Connection.ScalarInt64("SELECT count(*) FROM settlement"), cancellationToken);
        return new DurableSettlementBook(database, options, time, (int)rows);
    }

    public async Task<SettlementEntry> BeginAsync(PaymentKey key, string? attempt, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryStart(key, attempt, out var other))
                return await TakeAsync(key, other, keepUntil, cancellationToken);
            if (!await other.Begun.Task.WaitAsync(cancellationToken))
                continue;
            return attempt is null || attempt != other.Attempt
                ? SettlementEntry.Taken("")
                : SettlementEntry.Ended(await other.Outcome.Task.WaitAsync(cancellationToken));
        }
    }

    public async Task<bool> IsPendingAsync(PaymentKey key, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (running.ContainsKey(key))
                return false;
        }

        return await database.ReadAsync(key, static (reader, wanted) =>
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
            Interlocked.Add(ref rows, -gone);
            told = response;
        }
        finally
        {
            RunningSettlement? ended;
            lock (gate)
                running.Remove(key, out ended);
            ended?.Outcome.TrySetResult(told);
        }
    }

    private bool TryStart(PaymentKey key, string? attempt, out RunningSettlement entry)
    {
        lock (gate)
        {
            if (running.TryGetValue(key, out entry!))
                return false;
            running.Add(key, entry = new RunningSettlement(attempt));
            return true;
        }
    }

    private async Task<SettlementEntry> TakeAsync(PaymentKey key, RunningSettlement mine, DateTimeOffset keepUntil, CancellationToken cancellationToken)
    {
        var isOwner = false;
        var hasRoom = Interlocked.Increment(ref rows) <= options.Capacity;
        var change = 0;
        try
        {
            var taken = await database.WriteAsync(new SettlementTake(database.Prepared, key, mine.Attempt, keepUntil, time.GetUtcNow(), hasRoom, cancellationToken));
            change = taken.Rows;
            isOwner = taken.Entry is { IsOwner: true };
            return taken.Entry
                ?? SettlementEntry.Ended(SettleResponse.Failed(WireReasons.UnexpectedSettleError, key.Network.ToString(), message: "too many settlements at once"));
        }
        finally
        {
            Interlocked.Add(ref rows, change - 1);
            if (!isOwner)
            {
                lock (gate)
                    running.Remove(key);
            }

            mine.Begun.SetResult(isOwner);
        }
    }
}
