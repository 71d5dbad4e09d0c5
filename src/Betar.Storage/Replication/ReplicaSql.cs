namespace Betar.Storage.Replication;

internal static class ReplicaSql
{
    private const string Columns = "id, sequence, height, priority, verdict, own, first_from, seen_at";

    public const string Header = $"SELECT {Columns} FROM replica_node WHERE id = ?1";
    public const string Find = $"SELECT {Columns}, data FROM replica_node WHERE id = ?1";
    public const string After = $"SELECT {Columns}, data FROM replica_node WHERE sequence > ?1 ORDER BY sequence";
    public const string Loose = $"SELECT {Columns}, data FROM replica_node WHERE sequence IS NULL ORDER BY id";
    public const string LastSequence = "SELECT coalesce(max(sequence), 0) FROM replica_node WHERE sequence IS NOT NULL";
    public const string Elements = "SELECT key, node, height, reason FROM replica_element";
    public const string EarlyTombstones = "SELECT key, node FROM replica_early_tombstone";
    public const string Absent = "SELECT id FROM replica_absent";
    public const string Heads = "SELECT id FROM replica_head ORDER BY id";
    public const string Meta = "SELECT epoch, rebuilding, nodes, bytes FROM replica_meta";

    public const string PutNode =
        "INSERT INTO replica_node (id, sequence, height, priority, verdict, own, first_from, seen_at, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

    public const string Settle = "UPDATE replica_node SET sequence = ?2, height = ?3, verdict = ?4 WHERE id = ?1";
    public const string SizeOf = "SELECT length(data) FROM replica_node WHERE id = ?1";
    public const string Forget = "DELETE FROM replica_node WHERE id = ?1";
    public const string PutElement = "INSERT OR REPLACE INTO replica_element (key, node, height, reason) VALUES (?1, ?2, ?3, ?4)";
    public const string DropElement = "DELETE FROM replica_element WHERE key = ?1 AND node = ?2";
    public const string PutEarlyTombstone = "INSERT OR IGNORE INTO replica_early_tombstone (key, node) VALUES (?1, ?2)";
    public const string DropEarlyTombstone = "DELETE FROM replica_early_tombstone WHERE key = ?1 AND node = ?2";
    public const string PutAbsent = "INSERT OR IGNORE INTO replica_absent (id) VALUES (?1)";
    public const string DropAbsent = "DELETE FROM replica_absent WHERE id = ?1";
    public const string DropHeads = "DELETE FROM replica_head";
    public const string PutHead = "INSERT INTO replica_head (id) VALUES (?1)";
    public const string PutEpoch = "UPDATE replica_meta SET epoch = ?1";
    public const string PutRebuilding = "UPDATE replica_meta SET rebuilding = ?1";
    public const string AddSizes = "UPDATE replica_meta SET nodes = nodes + ?1, bytes = bytes + ?2";

    public const string Restart =
        "UPDATE replica_node SET sequence = NULL, height = 0, verdict = 0; DELETE FROM replica_element; DELETE FROM replica_early_tombstone; DELETE FROM replica_head";
}
