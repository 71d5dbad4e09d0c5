using Betar.Storage.Workflows;

namespace Betar.Grains.Workflows;

/// <summary>Saves one workflow's record, one save after the other; a save covers every change made before it begins.</summary>
internal sealed class WorkflowStore(IWorkflowTable table, WorkflowRecord record, long version, TimeProvider time)
{
    private Task _last = Task.CompletedTask;
    private long _version = version;
    private long _changes;
    private long _saved;
    private bool _closed;

    /// <summary>Nothing is saved any more; whoever tries hears so.</summary>
    public void Close() => _closed = true;

    /// <summary>Completes when all that the record says now is on disk.</summary>
    public Task SaveAsync() => _last = AfterAsync(_last, ++_changes);

    private async Task AfterAsync(Task before, long change)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_closed)
            throw new WorkflowLostException($"Workflow {record.Id} is not driven here any more.");
        if (_saved >= change)
            return;
        try
        {
            long now = _changes;
            record.UpdatedAt = time.GetUtcNow();
            var row = new WorkflowRow(record.Id, _version + 1, record.CreatedAt, !record.HasEnded, record.Encode());
            if (!await table.SaveAsync(row, CancellationToken.None))
                throw new WorkflowLostException($"Workflow {record.Id} was saved by somebody else.");
            (_version, _saved) = (_version + 1, now);
        }
        catch
        {
            _closed = true;
            throw;
        }
    }
}
