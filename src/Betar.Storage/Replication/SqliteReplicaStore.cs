using Betar.Marketplace.Replication;
using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Storage.Database;
using Betar.Storage.Market;

namespace Betar.Storage.Replication;

/// <summary>A replica in a <see cref="MarketDatabase"/>.</summary>
internal sealed class SqliteReplicaStore(MarketDatabase database) : IReplicaStore
{
    public ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken) => database.ReadAsync(0, static (reader, _) => Load(reader), cancellationToken);

    public async ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ReplicaCommitOperation(commit, database.Prepared, cancellationToken)).ConfigureAwait(false);

    public ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken) =>
        database.ReadAsync(id, static (reader, wanted) => One(reader, ReplicaSql.Find, wanted, withData: true), cancellationToken);

    public ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken) =>
        database.ReadAsync(id, static (reader, wanted) => One(reader, ReplicaSql.Header, wanted, withData: false), cancellationToken);

    public ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken) =>
        database.ReadAsync<(long after, int maxBytes), IReadOnlyList<NodeRow>>((after, maxBytes), static (reader, wanted) => Page(reader, wanted.after, wanted.maxBytes), cancellationToken);

    private static NodeRow? One(Reader reader, string sql, NodeId id, bool withData)
    {
        Span<byte> bytes = stackalloc byte[NodeId.Length];
        id.Write(bytes);
        var row = reader.Prepare(sql).Bind(1, bytes);
        try
        {
            return row.Step() ? ReplicaRows.Node(row, withData) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    private static List<NodeRow> Page(Reader reader, long after, int maxBytes)
    {
        var row = reader.Prepare(ReplicaSql.After).Bind(1, after);
        try
        {
            var page = new List<NodeRow>();
            var bytes = 0;
            while (row.Step())
            {
                var node = ReplicaRows.Node(row, withData: true);
                if (page.Count > 0 && bytes + node.Data.Length > maxBytes)
                    break;
                bytes += node.Data.Length;
                page.Add(node);
            }

            return page;
        }
        finally
        {
            row.Reset();
        }
    }

    private static ReplicaState Load(Reader reader)
    {
        // One moment for all of it.
        reader.Connection.BeginSnapshot();
        try
        {
            var (epoch, rebuilding, nodes, bytes) = ReplicaRows.All(reader.Prepare(ReplicaSql.Meta),
                static row => (new Guid(row.GetBlob(0)), row.GetInt64(1) != 0, row.GetInt64(2), row.GetInt64(3)))[0];
            return new ReplicaState(
                epoch, rebuilding, ReplicaRows.All(reader.Prepare(ReplicaSql.LastSequence), static row => row.GetInt64(0))[0], nodes, bytes,
                ReplicaRows.All(reader.Prepare(ReplicaSql.Heads), static row => ReplicaRows.Id(row, 0)),
                ReplicaRows.All(reader.Prepare(ReplicaSql.Elements),
                    static row => new ElementRow(row.GetText(0), ReplicaRows.Id(row, 1), (ulong)row.GetInt64(2), (QuarantineReason)row.GetInt64(3))),
                ReplicaRows.All(reader.Prepare(ReplicaSql.EarlyTombstones), static row => new ElementName(row.GetText(0), ReplicaRows.Id(row, 1))),
                ReplicaRows.All(reader.Prepare(ReplicaSql.Absent), static row => ReplicaRows.Id(row, 0)),
                ReplicaRows.All(reader.Prepare(ReplicaSql.Loose), static row => ReplicaRows.Node(row, withData: true)));
        }
        finally
        {
            reader.Connection.EndSnapshot();
        }
    }
}
