namespace Betar.Storage.Settlements;

/// <summary>One row per payment that somebody has had settled. Without a response nobody knows how it ended. Times are milliseconds since 1970.</summary>
internal static class SettlementSchema
{
    public const string Version4 =
        """
        CREATE TABLE settlement (
          payment TEXT PRIMARY KEY,
          attempt TEXT,
          keep_until INTEGER NOT NULL,
          response BLOB
        ) WITHOUT ROWID;
        CREATE INDEX settlement_by_end ON settlement (keep_until);

        """;
}
