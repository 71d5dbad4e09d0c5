using Betar.Storage.Sqlite;

namespace Betar.Storage.Tests.Support;

/// <summary>The hand of somebody who changes the file behind the program's back.</summary>
internal static class RawFile
{
    public static void Execute(string path, string sql)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5));
        connection.Execute(sql);
    }

    public static long Number(string path, string sql)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5));
        return connection.ScalarInt64(sql);
    }

    public static string Text(string path, string sql)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5));
        return connection.ScalarText(sql);
    }

    /// <summary>Takes the triggers away, changes, and puts them back as they were.</summary>
    public static void Tamper(string path, string sql)
    {
        using var connection = SqliteConnection.Open(path, SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5));
        var triggers = new Dictionary<string, string>();
        using (var row = connection.PrepareOnce("SELECT name, sql FROM sqlite_schema WHERE type='trigger'"))
        {
            while (row.Step())
                triggers.Add(row.GetText(0), row.GetText(1));
        }

        foreach (var name in triggers.Keys)
            connection.Execute($"DROP TRIGGER {name}");
        connection.Execute(sql);
        foreach (var create in triggers.Values)
            connection.Execute(create);
    }
}
