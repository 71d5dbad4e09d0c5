namespace Betar.Orleans.Embedded;

/// <summary>Lets tasks of the infrastructure (start, stop, reminders, routing) run on the engine's scheduler.</summary>
internal sealed class EngineTaskScheduler(IEngineScheduler scheduler) : TaskScheduler
{
    public Task Run(Func<Task> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    protected override void QueueTask(Task task) => scheduler.Schedule(new Item(this, task));

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && Current == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class Item(EngineTaskScheduler owner, Task task) : IThreadPoolWorkItem
    {
        public void Execute() => owner.TryExecuteTask(task);
    }
}
