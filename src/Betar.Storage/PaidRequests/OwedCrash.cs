using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.PaidRequests;

/// <summary>What an earlier process was working for when it ended is owed. The result is how many.</summary>
internal sealed class OwedCrash(CancellationToken cancellation) : WriteOperation<int>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using var left = connection.PrepareOnce("UPDATE owed_work SET state = 1 WHERE state = 0");
        Result = left.Run();
    }
}
