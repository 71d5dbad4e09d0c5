using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Betar.Storage.Agents;

/// <summary>The agent table of a process that keeps nothing.</summary>
public sealed class MemoryAgentTable : IAgentTable
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<byte>> _rows = new(StringComparer.Ordinal);

    public ValueTask PutAsync(string agentId, ReadOnlyMemory<byte> spec, CancellationToken cancellationToken)
    {
        // A file keeps a copy; so does this.
        _rows[agentId] = spec.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_rows.TryGetValue(agentId, out ReadOnlyMemory<byte> spec) ? spec : default(ReadOnlyMemory<byte>?));

    public ValueTask<bool> RemoveAsync(string agentId, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_rows.TryRemove(agentId, out _));

    public async IAsyncEnumerable<AgentTableRow> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((string id, ReadOnlyMemory<byte> spec) in _rows.OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new AgentTableRow(id, spec);
        }
        await Task.CompletedTask;
    }
}
