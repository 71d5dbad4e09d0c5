using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Agents;

/// <summary>Puts an agent's row, or removes it when there is no spec. The result says whether a row was there before.</summary>
internal sealed class AgentWrite(string agentId, ReadOnlyMemory<byte>? spec, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        using SqliteStatement remove = connection.PrepareOnce("DELETE FROM agent WHERE id = ?1");
        Result = remove.Bind(1, agentId).Run() > 0;
        if (spec is not { } row)
            return;
        using SqliteStatement put = connection.PrepareOnce("INSERT INTO agent (id, spec) VALUES (?1, ?2)");
        put.Bind(1, agentId).Bind(2, row.Span).Run();
    }
}
