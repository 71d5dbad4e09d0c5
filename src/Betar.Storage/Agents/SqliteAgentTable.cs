using System.Runtime.CompilerServices;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Agents;

/// <summary>The agent table in a <see cref="BetarDatabase"/>.</summary>
internal sealed class SqliteAgentTable(BetarDatabase database) : IAgentTable
{
    /// <summary>A page at a time, so that a slow consumer holds no snapshot.</summary>
    private const int PageSize = 512;

    public async ValueTask PutAsync(string agentId, ReadOnlyMemory<byte> spec, CancellationToken cancellationToken) =>
        await database.WriteAsync(new AgentWrite(agentId, spec, cancellationToken)).ConfigureAwait(false);

    public ValueTask<bool> RemoveAsync(string agentId, CancellationToken cancellationToken) =>
        database.WriteAsync(new AgentWrite(agentId, null, cancellationToken));

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        database.ReadAsync<string, ReadOnlyMemory<byte>?>(agentId, static (reader, id) =>
        {
            SqliteStatement row = reader.Prepare("SELECT spec FROM agent WHERE id = ?1").Bind(1, id);
            try
            {
                return row.Step() ? row.GetBlob(0).ToArray() : default(ReadOnlyMemory<byte>?);
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken);

    public async IAsyncEnumerable<AgentTableRow> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string after = "";
        while (true)
        {
            List<AgentTableRow> page = await PageAsync(after, cancellationToken).ConfigureAwait(false);
            foreach (AgentTableRow row in page)
                yield return row;
            if (page.Count < PageSize)
                yield break;
            after = page[^1].AgentId;
        }
    }

    private ValueTask<List<AgentTableRow>> PageAsync(string after, CancellationToken cancellationToken) =>
        database.ReadAsync(after, static (reader, last) =>
        {
            SqliteStatement row = reader.Prepare("SELECT id, spec FROM agent WHERE id > ?1 ORDER BY id LIMIT ?2").Bind(1, last).Bind(2, PageSize);
            try
            {
                List<AgentTableRow> page = [];
                while (row.Step())
                    page.Add(new AgentTableRow(row.GetText(0), row.GetBlob(1).ToArray()));
                return page;
            }
            finally
            {
                row.Reset();
            }
        }, cancellationToken);
}
