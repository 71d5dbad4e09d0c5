namespace Betar.Storage.Orders;

/// <summary>One row per order.</summary>
internal static class MarketOrderSchema
{
    public const string Version12 =
        """
        CREATE TABLE market_order (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          id TEXT NOT NULL UNIQUE,
          agent TEXT NOT NULL,
          buyer TEXT NOT NULL,
          seller TEXT NOT NULL,
          price TEXT NOT NULL,
          status INTEGER NOT NULL,
          at INTEGER NOT NULL
        );
        CREATE INDEX market_order_by_buyer ON market_order (buyer, status);
        CREATE INDEX market_order_by_status ON market_order (status, seq);

        """;
}
