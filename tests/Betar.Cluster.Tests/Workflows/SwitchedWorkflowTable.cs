using Betar.Storage.Workflows;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>The workflow table of a database, until a test lets its writes fail: before they reach the disk, or after.</summary>
internal sealed class SwitchedWorkflowTable(IWorkflowTable inner) : IWorkflowTable
{
    private int _writes;

    /// <summary>With the number of the write, from 1: null lets it through, false loses it, true only loses the word of it.</summary>
    public Func<int, bool?>? Fault { get; set; }

    public int Writes => Volatile.Read(ref _writes);

    public async ValueTask<bool> SaveAsync(WorkflowRow row, CancellationToken cancellationToken)
    {
        bool? fault = Fault?.Invoke(Interlocked.Increment(ref _writes));
        if (fault == false)
            throw new IOException("The disk is gone.");
        bool saved = await inner.SaveAsync(row, cancellationToken);
        return fault == true ? throw new IOException("Nobody heard of the write.") : saved;
    }

    public ValueTask<WorkflowRow?> FindAsync(string id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<WorkflowRow>> ListAsync(int limit, string? before, CancellationToken cancellationToken) => inner.ListAsync(limit, before, cancellationToken);

    public ValueTask<IReadOnlyList<string>> OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

    public ValueTask<int> PruneAsync(int keep, CancellationToken cancellationToken) => inner.PruneAsync(keep, cancellationToken);
}
