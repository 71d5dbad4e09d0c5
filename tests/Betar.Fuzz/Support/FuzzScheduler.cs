namespace Betar.Fuzz.Support;

/// <summary>Runs everything on the thread of the one who drains it, in order, so that a run repeats and its memory is counted.</summary>
internal sealed class FuzzScheduler : TaskScheduler
{
    private readonly Queue<Task> _waiting = new();

    public void Drain()
    {
        // A test runner's context would take what belongs here.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        while (_waiting.TryDequeue(out var task))
            TryExecuteTask(task);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    /// <summary>Runs it and all that follows from it.</summary>
    public Task Run(Func<Task> work)
    {
        var running = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, this).Unwrap();
        Drain();
        return running;
    }

    protected override void QueueTask(Task task) => _waiting.Enqueue(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;
}
