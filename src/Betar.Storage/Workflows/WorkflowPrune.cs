using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Workflows;

/// <summary>Removes the oldest workflows that have ended. The result is how many.</summary>
internal sealed class WorkflowPrune(int keep, CancellationToken cancellation) : WriteOperation<int>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        long extra = connection.ScalarInt64("SELECT count(*) FROM workflow") - keep;
        if (extra <= 0)
            return;
        using SqliteStatement remove = connection.PrepareOnce(
            "DELETE FROM workflow WHERE id IN (SELECT id FROM workflow WHERE open = 0 ORDER BY created, id LIMIT ?1)");
        Result = remove.Bind(1, extra).Run();
    }
}
