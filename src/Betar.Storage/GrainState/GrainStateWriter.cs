using Betar.Storage.Sqlite;

namespace Betar.Storage.GrainState;

/// <summary>The statements of grain state on the writer thread.</summary>
internal sealed class GrainStateWriter
{
    private SqliteStatement? insert;
    private SqliteStatement? update;
    private SqliteStatement? version;

    /// <summary>Writes when the stored version is the expected one; 0 expects that there is no row.</summary>
    public GrainStateWrite Put(SqliteConnection connection, in GrainStateKey key, long expected, byte[]? data)
    {
        var statement = expected == 0
            ? insert ??= connection.Prepare(GrainStateSql.Insert)
            : update ??= connection.Prepare(GrainStateSql.Update);
        Bind(statement, key);
        if (data is null)
            statement.BindNull(4);
        else
            statement.Bind(4, data);
        if (expected != 0)
            statement.Bind(5, expected);
        return statement.Run() == 1
            ? new GrainStateWrite(Written: true, expected + 1)
            : new GrainStateWrite(Written: false, Stored(connection, key));
    }

    public static void Bind(SqliteStatement statement, in GrainStateKey key) =>
        statement.Bind(1, key.Provider).Bind(2, key.Grain).Bind(3, key.Name);

    private long Stored(SqliteConnection connection, in GrainStateKey key)
    {
        version ??= connection.Prepare(GrainStateSql.Version);
        Bind(version, key);
        try
        {
            return version.Step() ? version.GetInt64(0) : 0;
        }
        finally
        {
            version.Reset();
        }
    }
}
