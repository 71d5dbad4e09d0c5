namespace Betar.Storage.Listings;

/// <summary>One row per listing: the record that its seller signed, and what this node found of the seller. Times are milliseconds since 1970.</summary>
internal static class ListingSchema
{
    public const string Version1 =
        """
        CREATE TABLE listing (
          id TEXT PRIMARY KEY,
          record BLOB NOT NULL,
          last_success INTEGER,
          successes INTEGER NOT NULL,
          failures INTEGER NOT NULL,
          latency_ms INTEGER
        ) WITHOUT ROWID;

        """;

    /// <summary>The hash of the record whose signature was checked, so that a start does not check 100,000 of them again.</summary>
    public const string Version2 = "ALTER TABLE listing ADD COLUMN checked BLOB NOT NULL DEFAULT x'';\n";
}
