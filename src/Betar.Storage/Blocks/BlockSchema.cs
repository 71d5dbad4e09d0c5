namespace Betar.Storage.Blocks;

/// <summary>
/// Blocks by their multihash, in the order in which they came; which of them belong to which pinned root; and the bytes of all, so that the quota
/// costs no walk.
/// </summary>
internal static class BlockSchema
{
    public const string Version1 =
        """
        CREATE TABLE block (
          sequence INTEGER PRIMARY KEY,
          hash BLOB NOT NULL UNIQUE,
          size INTEGER NOT NULL,
          data BLOB NOT NULL
        );
        CREATE TABLE block_pin (
          root BLOB NOT NULL,
          hash BLOB NOT NULL,
          published INTEGER NOT NULL,
          PRIMARY KEY (root, hash)
        ) WITHOUT ROWID;
        CREATE INDEX block_pin_by_hash ON block_pin (hash, published);
        CREATE TABLE block_sum (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          bytes INTEGER NOT NULL
        );
        INSERT INTO block_sum (id, bytes) VALUES (1, 0);

        """;
}
