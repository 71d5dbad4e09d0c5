using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Orders;

/// <summary>Takes one order, when there is room for it.</summary>
internal sealed class MarketOrderAdd(
    PreparedStatements prepared, MarketOrderOptions options, TimeProvider time, MarketOrder order, bool own, CancellationToken cancellation)
    : WriteOperation<MarketOrderOutcome>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        SqliteStatement find = prepared.Get(connection, MarketOrderSql.Find).Bind(1, order.OrderId);
        if (MarketOrderRows.One(find) is { } known)
        {
            bool same = known.AgentId == order.AgentId && known.BuyerId == order.BuyerId && known.SellerId == order.SellerId && known.Price == order.Price;
            Result = same ? new MarketOrderOutcome(known, null) : new MarketOrderOutcome(null, MarketOrderFault.Taken);
            return;
        }

        if (!own && MarketOrderRows.Number(prepared.Get(connection, MarketOrderSql.CountOpen).Bind(1, order.BuyerId)) >= options.MaxOpenPerBuyer)
            Result = new MarketOrderOutcome(null, MarketOrderFault.TooManyOpen);
        else if (MarketOrderRows.Number(prepared.Get(connection, MarketOrderSql.Count)) >= options.MaxOrders && !MakeRoom(connection))
            Result = new MarketOrderOutcome(null, MarketOrderFault.Full);
        else
            Result = new MarketOrderOutcome(Insert(connection, find), null);
    }

    private MarketOrder Insert(SqliteConnection connection, SqliteStatement find)
    {
        prepared.Get(connection, MarketOrderSql.Insert)
            .Bind(1, order.OrderId).Bind(2, order.AgentId).Bind(3, order.BuyerId).Bind(4, order.SellerId).Bind(5, order.Price.ToString())
            .Bind(6, time.GetUtcNow().ToUnixTimeSeconds()).Run();
        return MarketOrderRows.One(find.Bind(1, order.OrderId))!;
    }

    private bool MakeRoom(SqliteConnection connection)
    {
        long abandoned = (time.GetUtcNow() - options.PendingLifetime).ToUnixTimeSeconds();
        long gone = Oldest(connection, MarketOrderStatus.Cancelled, long.MaxValue);
        gone = gone > 0 ? gone : Oldest(connection, MarketOrderStatus.Completed, long.MaxValue);
        gone = gone > 0 ? gone : Oldest(connection, MarketOrderStatus.Pending, abandoned);
        if (gone > 0)
            prepared.Get(connection, MarketOrderSql.Delete).Bind(1, gone).Run();
        return gone > 0;
    }

    private long Oldest(SqliteConnection connection, MarketOrderStatus status, long before)
    {
        SqliteStatement row = prepared.Get(connection, MarketOrderSql.Oldest).Bind(1, (long)status).Bind(2, before);
        try
        {
            return row.Step() && row.GetInt64(1) != 0 ? row.GetInt64(0) : 0;
        }
        finally
        {
            row.Reset();
        }
    }
}
