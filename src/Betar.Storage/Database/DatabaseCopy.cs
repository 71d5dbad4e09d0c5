using Betar.Storage.Market;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Database;

/// <summary>A copy of a whole database as of one moment, also while a node writes to it. The source is only read.</summary>
public static class DatabaseCopy
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <param name="source">A database of ours, of any version.</param>
    /// <param name="target">A name that is free.</param>
    /// <exception cref="StorageException">The file is none of ours, or cannot be read.</exception>
    public static void Write(string source, string target)
    {
        if (!DatabaseFile.Exists(source))
            throw new StorageException(StorageFailure.NotFound, $"There is no database {source}.");
        using SqliteConnection connection = SqliteConnection.Open(source, SqliteOpenMode.ReadOnly, s_patience);
        if (connection.ScalarInt64("PRAGMA application_id") is not (Schema.ApplicationId or MarketSchema.ApplicationId))
            throw new StorageException(StorageFailure.NotADatabase, $"The file {source} belongs to another application.");
        connection.Execute($"VACUUM INTO '{target.Replace("'", "''", StringComparison.Ordinal)}'");
    }
}
