using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>A whole copy of the file as of one moment, on disk before it returns.</summary>
internal static class DatabaseBackup
{
    /// <summary>
    /// Never overwrites: a copy that is there already keeps its name, the new one gets a number. Made under a name of its own,
    /// so that two who copy at once do not meet, and a half-made copy never looks like a whole one.
    /// </summary>
    public static string Write(SqliteConnection connection, string wanted)
    {
        var half = $"{wanted}.{Guid.NewGuid():N}.part";
        try
        {
            connection.Execute($"VACUUM INTO '{half.Replace("'", "''", StringComparison.Ordinal)}'");
            using (var file = new FileStream(half, FileMode.Open, FileAccess.ReadWrite, FileShare.Read))
                file.Flush(flushToDisk: true);
            return MoveToFreeName(half, wanted);
        }
        finally
        {
            File.Delete(half);
        }
    }

    private static string MoveToFreeName(string half, string wanted)
    {
        for (var number = 1; ; number++)
        {
            var target = number == 1 ? wanted : $"{wanted}.{number}";
            try
            {
                File.Move(half, target, overwrite: false);
                return target;
            }
            catch (IOException) when (File.Exists(target))
            {
                // Somebody else has that name; the next one may be free.
            }
        }
    }
}
