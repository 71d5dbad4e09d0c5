using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Workflows;

/// <summary>Puts a workflow's row in the place of the version before. The result says whether that one was there.</summary>
internal sealed class WorkflowWrite(WorkflowRow row, CancellationToken cancellation) : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using SqliteStatement write = connection.PrepareOnce(row.Version == 1
            ? "INSERT INTO workflow (id, version, open, state, created) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING"
            : "UPDATE workflow SET version = ?2, open = ?3, state = ?4 WHERE id = ?1 AND version = ?2 - 1");
        write.Bind(1, row.Id).Bind(2, row.Version).Bind(3, row.IsOpen ? 1 : 0).Bind(4, row.State.Span);
        if (row.Version == 1)
            write.Bind(5, row.CreatedAt.ToUnixTimeMilliseconds());
        Result = write.Run() > 0;
    }
}
