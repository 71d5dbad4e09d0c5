using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Replication;

/// <summary>Applies a replica's changes inside one transaction. Times are kept to the millisecond.</summary>
internal sealed class ReplicaCommitOperation(ReplicaCommit commit, PreparedStatements prepared, CancellationToken cancellation) : WriteOperation<bool>(cancellation)
{
    private SqliteConnection connection = null!;

    public override void Execute(SqliteConnection connection)
    {
        this.connection = connection;
        if (commit.Restart)
            connection.Execute(ReplicaSql.Restart);
        if (commit.Epoch is { } epoch)
            Prepare(ReplicaSql.PutEpoch).Bind(1, epoch.ToByteArray()).Run();
        if (commit.Rebuilding is { } rebuilding)
            Prepare(ReplicaSql.PutRebuilding).Bind(1, rebuilding ? 1 : 0).Run();
        Nodes();
        foreach (var (name, element) in commit.Elements)
        {
            if (element is { } row)
                Bind(ReplicaSql.PutElement, name).Bind(3, (long)row.Height).Bind(4, (long)row.Reason).Run();
            else
                Bind(ReplicaSql.DropElement, name).Run();
        }

        foreach (var (name, isThere) in commit.EarlyTombstones)
            Bind(isThere ? ReplicaSql.PutEarlyTombstone : ReplicaSql.DropEarlyTombstone, name).Run();
        foreach (var (id, isThere) in commit.Absent)
            Bind(isThere ? ReplicaSql.PutAbsent : ReplicaSql.DropAbsent, id).Run();
        Heads();
        Result = true;
    }

    private void Nodes()
    {
        long bytes = 0;
        foreach (var node in commit.Nodes.Values)
        {
            Put(node);
            bytes += node.Data.Length;
        }

        foreach (var settled in commit.Settled)
        {
            Bind(ReplicaSql.Settle, settled.Id).Bind(2, settled.Sequence).Bind(3, (long)settled.Height).Bind(4, (long)settled.Verdict).Run();
        }

        foreach (var id in commit.Forgotten)
        {
            bytes -= SizeOf(id);
            Bind(ReplicaSql.Forget, id).Run();
        }

        if (commit.Nodes.Count + commit.Forgotten.Count > 0)
            Prepare(ReplicaSql.AddSizes).Bind(1, commit.Nodes.Count - commit.Forgotten.Count).Bind(2, bytes).Run();
    }

    private void Put(NodeRow node)
    {
        var statement = Bind(ReplicaSql.PutNode, node.Id);
        _ = node.IsSettled ? statement.Bind(2, node.Sequence) : statement.BindNull(2);
        statement.Bind(3, (long)node.Height).Bind(4, (long)node.Priority).Bind(5, (long)node.Verdict).Bind(6, node.IsOwn ? 1 : 0);
        _ = node.FirstFrom is { } peer ? statement.Bind(7, peer.Bytes) : statement.BindNull(7);
        statement.Bind(8, node.SeenAt.ToUnixTimeMilliseconds()).Bind(9, node.Data.Span).Run();
    }

    private void Heads()
    {
        if (commit.Heads is not { } heads)
            return;
        Prepare(ReplicaSql.DropHeads).Run();
        foreach (var head in heads)
            Bind(ReplicaSql.PutHead, head).Run();
    }

    private long SizeOf(NodeId id)
    {
        var size = Bind(ReplicaSql.SizeOf, id);
        try
        {
            return size.Step() ? size.GetInt64(0) : 0;
        }
        finally
        {
            size.Reset();
        }
    }

    private SqliteStatement Prepare(string sql) => prepared.Get(connection, sql);

    private SqliteStatement Bind(string sql, NodeId id)
    {
        Span<byte> bytes = stackalloc byte[NodeId.Length];
        id.Write(bytes);
        return Prepare(sql).Bind(1, bytes);
    }

    private SqliteStatement Bind(string sql, ElementName name)
    {
        Span<byte> bytes = stackalloc byte[NodeId.Length];
        name.Node.Write(bytes);
        return Prepare(sql).Bind(1, name.Key).Bind(2, bytes);
    }
}
