using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>A read-only connection with its prepared statements. The texts are constants or a bounded set of them.</summary>
internal sealed class Reader : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> statements = [];

    public Reader(SqliteConnection connection) => Connection = connection;

    public SqliteConnection Connection { get; }

    public SqliteStatement Prepare(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = Connection.Prepare(sql));
        return statement;
    }

    public void Dispose() => Connection.Dispose();
}
