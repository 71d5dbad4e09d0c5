using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>Names of purchases in a <see cref="BetarDatabase"/>; when it is full, new names are refused and old ones kept.</summary>
public sealed class DurablePurchaseNames : IPurchaseNames
{
    private readonly BetarDatabase database;
    private readonly PaidRequestOptions options;
    private readonly TimeProvider time;
    private int rows;

    private DurablePurchaseNames(BetarDatabase database, PaidRequestOptions options, TimeProvider time, int rows) =>
        (this.database, this.options, this.time, this.rows) = (database, options, time, rows);

    public static async Task<DurablePurchaseNames> OpenAsync(
        BetarDatabase database, PaidRequestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        options.ThrowIfFaulty();
        var rows = await database.ReadAsync(0, static (reader, _) => reader.Connection.ScalarInt64("SELECT count(*) FROM purchase_name"), cancellationToken);
        return new DurablePurchaseNames(database, options, time, (int)rows);
    }

    public async Task<bool> TryBindAsync(Address payer, string name, PaymentKey payment, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();

        // Counted before it is written, so that many at once cannot pass the limit together.
        var hasRoom = Interlocked.Increment(ref rows) <= options.MaxNames;
        var change = 0;
        try
        {
            (var isBound, change) = await database.WriteAsync(
                new PurchaseNameBind(database.Prepared, payer, name, payment, now + options.Keep, now, hasRoom, cancellationToken));
            return isBound;
        }
        finally
        {
            Interlocked.Add(ref rows, change - 1);
        }
    }
}
