namespace Betar.Storage.WebSales;

/// <summary>What was sold over HTTP: what each payment moved, and how much of it was kept. Times are milliseconds since 1970; amounts are decimal text.</summary>
internal static class WebSaleSchema
{
    public const string Version13 =
        """
        CREATE TABLE web_sale (
          id INTEGER PRIMARY KEY,
          payment TEXT NOT NULL UNIQUE,
          scheme TEXT NOT NULL,
          sold TEXT NOT NULL,
          token TEXT NOT NULL,
          payer TEXT NOT NULL,
          payee TEXT NOT NULL,
          paid TEXT NOT NULL,
          settled TEXT NOT NULL,
          at INTEGER NOT NULL,
          kept TEXT,
          input_tokens INTEGER NOT NULL DEFAULT 0,
          output_tokens INTEGER NOT NULL DEFAULT 0,
          model TEXT NOT NULL DEFAULT ''
        );
        CREATE INDEX web_sale_by_sold ON web_sale (sold);

        """;
}
