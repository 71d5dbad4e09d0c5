using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>A whole copy of the file as of one moment, on disk before it returns.</summary>
internal static class DatabaseBackup
{
    /// <summary>Never overwrites: a copy that is there already keeps its name, the new one gets a number.</summary>
    public static string Write(SqliteConnection connection, string wanted)
    {
        var target = wanted;
        for (var number = 2; File.Exists(target); number++)
            target = $"{wanted}.{number}";
        connection.Execute($"VACUUM INTO '{target.Replace("'", "''", StringComparison.Ordinal)}'");
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        file.Flush(flushToDisk: true);
        return target;
    }
}
