using Betar.Storage.Sqlite;
using Betar.Storage.Database;

namespace Betar.Storage.Idempotency;

/// <summary>Lets go what an earlier process had under way.</summary>
internal sealed class IdempotencyClear(CancellationToken cancellation) : WriteOperation<int>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using var statement = connection.PrepareOnce("DELETE FROM idempotency_key WHERE status IS NULL");
        Result = statement.Run();
    }
}
