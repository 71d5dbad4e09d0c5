namespace Betar.Storage.Workflows;

/// <summary>The workflows of a node, one row each: their state, and by that the list of them.</summary>
public interface IWorkflowTable
{
    ValueTask<WorkflowRow?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Completes when the row is on disk.</summary>
    /// <returns>False, and nothing is changed, when the row's version is not the one before <paramref name="row"/>'s: somebody else has saved it.</returns>
    ValueTask<bool> SaveAsync(WorkflowRow row, CancellationToken cancellationToken);

    /// <summary>The newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Only those that are older than this one; null: from the newest on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    ValueTask<IReadOnlyList<WorkflowRow>> ListAsync(int limit, string? before, CancellationToken cancellationToken);

    /// <summary>The ids of all that have not ended.</summary>
    ValueTask<IReadOnlyList<string>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Removes the oldest of those that have ended, until so many workflows are left.</summary>
    /// <returns>How many were removed.</returns>
    ValueTask<int> PruneAsync(int keep, CancellationToken cancellationToken);
}
