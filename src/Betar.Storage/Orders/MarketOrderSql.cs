namespace Betar.Storage.Orders;

/// <summary>The orders' statements. Pending is 1, accepted 2; from 3 on an order has ended.</summary>
internal static class MarketOrderSql
{
    private const string Columns = "SELECT seq, id, agent, buyer, seller, price, status, at FROM market_order ";
    public const string Find = Columns + "WHERE id=?1";
    public const string List = Columns + "WHERE seq<?1 ORDER BY seq DESC LIMIT ?2";

    public const string Insert = "INSERT INTO market_order (id, agent, buyer, seller, price, status, at) VALUES (?1,?2,?3,?4,?5,1,?6)";
    public const string Move = "UPDATE market_order SET status=?2, at=?3 WHERE id=?1";
    public const string Count = "SELECT count(*) FROM market_order";
    public const string CountOpen = "SELECT count(*) FROM market_order WHERE buyer=?1 AND status<3";

    /// <summary>The oldest order of a status, and whether it has been there since before a moment.</summary>
    public const string Oldest = "SELECT seq, at<?2 FROM market_order WHERE status=?1 ORDER BY seq LIMIT 1";
    public const string Delete = "DELETE FROM market_order WHERE seq=?1";
}
