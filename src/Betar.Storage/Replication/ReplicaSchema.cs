namespace Betar.Storage.Replication;

/// <summary>
/// The replicated set. A node is in its table once its bytes were judged, so that the table's own index is the list of what was processed. Sequence
/// and height are NULL while a node waits for its past. Heights and priorities are the 64 bits as SQLite has them, so large ones look negative.
/// </summary>
internal static class ReplicaSchema
{
    public const string Version1 =
        """
        CREATE TABLE replica_node (
          sequence INTEGER,
          id BLOB NOT NULL UNIQUE,
          height INTEGER NOT NULL,
          priority INTEGER NOT NULL,
          verdict INTEGER NOT NULL,
          own INTEGER NOT NULL,
          first_from BLOB,
          seen_at INTEGER NOT NULL,
          data BLOB NOT NULL
        );
        CREATE UNIQUE INDEX replica_node_by_sequence ON replica_node (sequence) WHERE sequence IS NOT NULL;
        CREATE INDEX replica_node_loose ON replica_node (id) WHERE sequence IS NULL;
        CREATE TABLE replica_element (
          key TEXT NOT NULL,
          node BLOB NOT NULL,
          height INTEGER NOT NULL,
          reason INTEGER NOT NULL,
          PRIMARY KEY (key, node)
        ) WITHOUT ROWID;
        CREATE TABLE replica_early_tombstone (
          node BLOB NOT NULL,
          key TEXT NOT NULL,
          PRIMARY KEY (node, key)
        ) WITHOUT ROWID;
        CREATE TABLE replica_absent (id BLOB PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE replica_head (id BLOB PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE replica_meta (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          epoch BLOB NOT NULL,
          rebuilding INTEGER NOT NULL,
          nodes INTEGER NOT NULL,
          bytes INTEGER NOT NULL
        );
        INSERT INTO replica_meta VALUES (1, zeroblob(16), 0, 0, 0);

        """;
}
