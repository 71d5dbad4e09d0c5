using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Orders;

/// <summary>Rows as orders.</summary>
internal static class MarketOrderRows
{
    public static MarketOrder? One(SqliteStatement row) => All(row).SingleOrDefault();

    public static List<MarketOrder> All(SqliteStatement row)
    {
        try
        {
            var orders = new List<MarketOrder>();
            while (row.Step())
            {
                orders.Add(new MarketOrder
                {
                    Sequence = row.GetInt64(0),
                    OrderId = row.GetText(1),
                    AgentId = row.GetText(2),
                    BuyerId = row.GetText(3),
                    SellerId = row.GetText(4),
                    Price = AtomicAmount.Parse(row.GetText(5)),
                    Status = (MarketOrderStatus)row.GetInt64(6),
                    Timestamp = DateTimeOffset.FromUnixTimeSeconds(row.GetInt64(7)),
                });
            }

            return orders;
        }
        finally
        {
            row.Reset();
        }
    }

    public static long Number(SqliteStatement row)
    {
        try
        {
            return row.Step() ? row.GetInt64(0) : 0;
        }
        finally
        {
            row.Reset();
        }
    }
}
