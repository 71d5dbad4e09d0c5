using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Replication;

/// <summary>Rows of the replicated set as they are read.</summary>
internal static class ReplicaRows
{
    private const int DataColumn = 8;

    public static NodeRow Node(SqliteStatement row, bool withData) => new(
        Id(row, 0), withData ? row.GetBlob(DataColumn).ToArray() : default, row.GetInt64(1), (ulong)row.GetInt64(2), (ulong)row.GetInt64(3), (QuarantineReason)row.GetInt64(4),
        row.GetInt64(5) != 0, row.IsNull(6) ? null : Peer(row.GetBlob(6)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)));

    public static NodeId Id(SqliteStatement row, int column) => row.GetBlob(column) is { Length: NodeId.Length } bytes
        ? NodeId.Read(bytes)
        : throw new StorageException(StorageFailure.Corrupt, "A row of the replicated set has no node id; restore the file or delete it: the network has its content.");

    public static List<T> All<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
                rows.Add(read(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static PeerId? Peer(ReadOnlySpan<byte> bytes) => PeerId.TryDecode(bytes, out var peer) ? peer : null;
}
