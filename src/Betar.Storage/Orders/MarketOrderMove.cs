using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Orders;

/// <summary>Moves one order, when the rules allow it.</summary>
internal sealed class MarketOrderMove(
    PreparedStatements prepared, TimeProvider time, string orderId, string by, MarketOrderStatus to, CancellationToken cancellation)
    : WriteOperation<MarketOrderOutcome>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        if (MarketOrderRows.One(prepared.Get(connection, MarketOrderSql.Find).Bind(1, orderId)) is not { } order)
        {
            Result = new MarketOrderOutcome(null, MarketOrderFault.Unknown);
        }
        else if (MarketOrderRules.Judge(order, by, to) is { } fault)
        {
            Result = new MarketOrderOutcome(null, fault);
        }
        else if (order.Status == to)
        {
            Result = new MarketOrderOutcome(order, null);
        }
        else
        {
            long now = time.GetUtcNow().ToUnixTimeSeconds();
            prepared.Get(connection, MarketOrderSql.Move).Bind(1, orderId).Bind(2, (long)to).Bind(3, now).Run();
            Result = new MarketOrderOutcome(order with { Status = to, Timestamp = DateTimeOffset.FromUnixTimeSeconds(now) }, null);
        }
    }
}
