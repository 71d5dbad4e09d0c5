namespace Betar.Storage.Leases;

/// <summary>One row for each lease, of its last term; the end in ticks of the store's clock. A row stays, for its epoch.</summary>
internal static class LeaseSchema
{
    public const string Version9 =
        """
        CREATE TABLE lease (
          name TEXT PRIMARY KEY,
          holder TEXT NOT NULL,
          epoch INTEGER NOT NULL,
          expires INTEGER NOT NULL
        ) WITHOUT ROWID;

        """;
}
