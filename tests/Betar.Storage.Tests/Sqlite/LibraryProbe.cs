using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using SQLitePCL;

namespace Betar.Storage.Tests.Sqlite;

/// <summary>
/// A process that has not touched SQLite yet. Arguments: WHO PATH. WHO uses SQLite first: "us", "asked" (somebody wanted to know the
/// library's name), or "another" (code that goes to SQLite without us, as Microsoft.Data.Sqlite does).
/// </summary>
internal static class LibraryProbe
{
    public const string Verb = "library";

    public static async Task<int> RunAsync(string[] args)
    {
        var other = args[0] == "another" ? OpenWithoutUs() : null;
        if (args[0] == "asked")
            Console.WriteLine(BetarDatabase.Library);
        try
        {
            await using var database = BetarDatabase.Open(args[1]);
            await database.Ledger.RunAsync(1, LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered);
            Console.WriteLine((await database.Ledger.VerifyAsync(default)).Ok ? "sound" : "faulty");
            Console.WriteLine(BetarDatabase.Library);
        }
        catch (StorageException refused)
        {
            Console.WriteLine($"{refused.Failure}: {refused.Message}");
        }

        // The other one's connection is of use to the end.
        if (other is not null)
            Console.WriteLine(raw.sqlite3_exec(other, "CREATE TABLE t (x); INSERT INTO t VALUES (1)"));
        return 0;
    }

    private static sqlite3 OpenWithoutUs()
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(":memory:", out var connection));
        return connection;
    }
}
