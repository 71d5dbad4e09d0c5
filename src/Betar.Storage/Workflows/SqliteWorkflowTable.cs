using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Workflows;

/// <summary>The workflow table in a <see cref="BetarDatabase"/>.</summary>
internal sealed class SqliteWorkflowTable(BetarDatabase database) : IWorkflowTable
{
    private const string Columns = "SELECT id, version, created, open, state FROM workflow";

    public ValueTask<bool> SaveAsync(WorkflowRow row, CancellationToken cancellationToken) => database.WriteAsync(new WorkflowWrite(row, cancellationToken));

    public ValueTask<int> PruneAsync(int keep, CancellationToken cancellationToken) => database.WriteAsync(new WorkflowPrune(keep, cancellationToken));

    public async ValueTask<WorkflowRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        List<WorkflowRow> found = await database.ReadAsync(
            id, static (reader, wanted) => Read(reader.Prepare($"{Columns} WHERE id = ?1").Bind(1, wanted)), cancellationToken).ConfigureAwait(false);
        return found is [var row] ? row : null;
    }

    public async ValueTask<IReadOnlyList<WorkflowRow>> ListAsync(int limit, string? before, CancellationToken cancellationToken) =>
        await database.ReadAsync((limit, before), static (reader, page) => Read(page.before is { } last
            ? reader.Prepare($"{Columns} WHERE (created, id) < (SELECT created, id FROM workflow WHERE id = ?2) ORDER BY created DESC, id DESC LIMIT ?1")
                .Bind(1, page.limit).Bind(2, last)
            : reader.Prepare($"{Columns} ORDER BY created DESC, id DESC LIMIT ?1").Bind(1, page.limit)), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<string>> OpenAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(0, static (reader, _) =>
        {
            SqliteStatement row = reader.Prepare("SELECT id FROM workflow WHERE open = 1 ORDER BY id");
            try
            {
                List<string> ids = [];
                while (row.Step())
                    ids.Add(row.GetText(0));
                return ids;
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken).ConfigureAwait(false);

    private static List<WorkflowRow> Read(SqliteStatement row)
    {
        try
        {
            List<WorkflowRow> rows = [];
            while (row.Step())
            {
                rows.Add(new WorkflowRow(
                    row.GetText(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)), row.GetInt64(3) != 0, row.GetBlob(4).ToArray()));
            }

            return rows;
        }
        finally
        {
            row.Reset();
        }
    }
}
