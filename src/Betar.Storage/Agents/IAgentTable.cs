namespace Betar.Storage.Agents;

/// <summary>The declared agents, one row each; the owner of that truth. The spec is opaque here.</summary>
public interface IAgentTable
{
    /// <summary>Completes when the row is on disk.</summary>
    ValueTask PutAsync(string agentId, ReadOnlyMemory<byte> spec, CancellationToken cancellationToken);

    ValueTask<ReadOnlyMemory<byte>?> FindAsync(string agentId, CancellationToken cancellationToken);

    /// <returns>True when there was such a row.</returns>
    ValueTask<bool> RemoveAsync(string agentId, CancellationToken cancellationToken);

    /// <summary>All rows in the order of their ids.</summary>
    IAsyncEnumerable<AgentTableRow> ReadAllAsync(CancellationToken cancellationToken);
}
