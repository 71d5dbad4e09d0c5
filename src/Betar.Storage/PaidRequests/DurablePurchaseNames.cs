using Betar.Ethereum;
using Betar.Storage.Holding;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>Names of purchases in a <see cref="BetarDatabase"/>; when it is full, new names are refused and old ones kept.</summary>
public sealed class DurablePurchaseNames : IPurchaseNames
{
    private readonly BetarDatabase database;
    private readonly PaidRequestOptions options;
    private readonly TimeProvider time;
    private readonly RowRoom room;

    private DurablePurchaseNames(BetarDatabase database, PaidRequestOptions options, TimeProvider time, long rows) =>
        (this.database, this.options, this.time, room) = (database, options, time, new RowRoom(new RowUse(rows, 0), options.MaxNames));

    public static async Task<DurablePurchaseNames> OpenAsync(
        BetarDatabase database, PaidRequestOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        options.ThrowIfFaulty();
        var rows = await database.ReadAsync(0, static (reader, _) => reader.Connection.ScalarInt64("SELECT count(*) FROM purchase_name"), cancellationToken);
        return new DurablePurchaseNames(database, options, time, rows);
    }

    public Task<bool> TryBindAsync(Address payer, string name, PaymentKey payment, CancellationToken cancellationToken) => room.WriteAsync(async hasRoom =>
    {
        var now = time.GetUtcNow();
        var (isBound, rows) = await database.WriteAsync(
            new PurchaseNameBind(database.Prepared, payer, name, payment, now + options.Keep, now, hasRoom, cancellationToken));
        return (isBound, new RowUse(rows, 0));
    });
}
