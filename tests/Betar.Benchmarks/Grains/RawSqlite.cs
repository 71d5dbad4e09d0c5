using System.Diagnostics;
using Betar.Storage;
using Microsoft.Data.Sqlite;

namespace Betar.Benchmarks.Grains;

/// <summary>What one gets from SQLite without group commit: an insert, a sync, an insert, a sync.</summary>
internal static class RawSqlite
{
    public static async Task<double> RateAsync(string path, TimeSpan time)
    {
        _ = BetarDatabase.Library; // the same library as the product's
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE IF NOT EXISTS state (key INTEGER, text TEXT)");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO state VALUES (1, $text)";
        insert.Parameters.AddWithValue("$text", new string('t', 100));
        long start = Stopwatch.GetTimestamp();
        long writes = 0;
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            insert.ExecuteNonQuery();
            writes++;
        }

        return writes / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
