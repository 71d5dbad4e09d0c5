using Microsoft.Extensions.Logging;

namespace Betar.Libp2p.Scheduling;

/// <summary>Work that nobody awaits: it runs on the host's scheduler, its faults are logged, and stopping waits for it.</summary>
public sealed partial class BackgroundWork(TaskScheduler scheduler, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _running = [];

    public TaskScheduler Scheduler => scheduler;

    public int Count
    {
        get
        {
            lock (_lock)
                return _running.Count;
        }
    }

    public void Run(Func<Task> work)
    {
        var task = Task.Factory.StartNew(() => GuardAsync(work), CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
        lock (_lock)
            _running.Add(task);
        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, scheduler);
    }

    /// <summary>Done when everything that was started, and all that it started, has ended.</summary>
    public async Task WhenIdleAsync()
    {
        while (true)
        {
            Task[] running;
            lock (_lock)
                running = [.. _running];
            if (running.Length == 0)
                return;
            foreach (var task in running)
            {
                await task;
                Forget(task);
            }
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _running.Remove(task);
    }

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            LogCancelled(logger);
        }
        catch (Exception error)
        {
            // The last one to see it: a bug here must not stop other peers, and must not go unseen.
            LogFault(logger, error);
        }
    }
}
