using Betar.Libp2p.Multiformats;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Blocks;

/// <summary>What the writes of blocks have in common.</summary>
internal abstract class BlockOperation<TResult>(PreparedStatements prepared, CancellationToken cancellation) : WriteOperation<TResult>(cancellation)
{
    protected SqliteConnection Connection { get; private set; } = null!;

    public sealed override void Execute(SqliteConnection connection)
    {
        Connection = connection;
        Result = Run();
    }

    protected abstract TResult Run();

    protected SqliteStatement Prepare(string sql) => prepared.Get(Connection, sql);

    protected SqliteStatement Prepare(string sql, Multihash hash) => Prepare(sql).Bind(1, hash.Bytes.Span);

    /// <returns>Null: there is no row.</returns>
    protected static long? Number(SqliteStatement statement)
    {
        try
        {
            return statement.Step() ? statement.GetInt64(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    protected void AddBytes(long bytes)
    {
        if (bytes != 0)
            Prepare(BlockSql.AddBytes).Bind(1, bytes).Run();
    }
}
