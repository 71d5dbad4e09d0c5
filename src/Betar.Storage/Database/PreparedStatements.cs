using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>Statements that the writer thread keeps prepared. The texts are constants.</summary>
internal sealed class PreparedStatements
{
    private readonly Dictionary<string, SqliteStatement> statements = [];

    public SqliteStatement Get(SqliteConnection connection, string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
            statements.Add(sql, statement = connection.Prepare(sql));
        return statement;
    }
}
