namespace Betar.Libp2p.Scheduling;

/// <summary>
/// Completion sources that never run a waiter inside the one who completes. On a scheduler of its own every waiter is queued there anyhow,
/// and asking for asynchrony would send some of the framework's waiters to the pool.
/// </summary>
public static class Completions
{
    public static TaskCompletionSource Create(TaskScheduler scheduler) => new(Options(scheduler));

    public static TaskCompletionSource<T> Create<T>(TaskScheduler scheduler) => new(Options(scheduler));

    private static TaskCreationOptions Options(TaskScheduler scheduler) =>
        scheduler == TaskScheduler.Default ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;
}
