using Betar.Storage.Agents;

namespace Betar.Cluster.Tests.Support;

/// <summary>The agent table, which a test can make silent: an agent that cannot read its row cannot say what became of a task.</summary>
internal sealed class SwitchedAgentTable(IAgentTable inner) : IAgentTable
{
    private int _silences;

    /// <summary>The next so many reads of one row end in a time-out.</summary>
    public void BeSilent(int times) => Volatile.Write(ref _silences, times);

    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        Interlocked.Decrement(ref _silences) >= 0
            ? throw new TimeoutException("The table does not answer.")
            : inner.FindAsync(agentId, cancellationToken);

    public ValueTask PutAsync(string agentId, ReadOnlyMemory<byte> spec, CancellationToken cancellationToken) =>
        inner.PutAsync(agentId, spec, cancellationToken);

    public ValueTask<bool> RemoveAsync(string agentId, CancellationToken cancellationToken) => inner.RemoveAsync(agentId, cancellationToken);

    public IAsyncEnumerable<AgentTableRow> ReadAllAsync(CancellationToken cancellationToken) => inner.ReadAllAsync(cancellationToken);
}
