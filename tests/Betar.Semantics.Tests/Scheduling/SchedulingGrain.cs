namespace Betar.Semantics.Tests.Scheduling;

public sealed class SchedulingGrain : SceneGrain, ISchedulingGrain
{
    int _runs;
    int _inside;

    public Task<bool> IsOwnScheduler() => Task.FromResult(TaskScheduler.Current != TaskScheduler.Default);

    public async Task<bool> ComesBackAfterAwait()
    {
        var before = TaskScheduler.Current;
        await Task.Yield();
        var yielded = TaskScheduler.Current == before;
        await Task.Run(static () => { });
        var ran = TaskScheduler.Current == before;
        await Scene.Gate("go");
        return yielded && ran && TaskScheduler.Current == before;
    }

    public async Task<bool> TaskRunLeaves()
    {
        var before = TaskScheduler.Current;
        var outside = await Task.Run(() => TaskScheduler.Current == TaskScheduler.Default);
        return outside && TaskScheduler.Current == before;
    }

    public async Task<bool> UncapturedAwaitLeaves()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return TaskScheduler.Current == TaskScheduler.Default;
    }

    public async Task<bool> StartNewStays()
    {
        var own = TaskScheduler.Current;
        return await Task.Factory.StartNew(() => TaskScheduler.Current == own, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
    }

    public Task StartInBackground()
    {
        _ = Later();
        return Task.CompletedTask;

        async Task Later()
        {
            await Scene.Gate("go");
            _runs++;
            Scene.Note("ran");
        }
    }

    public Task<int> BackgroundRuns() => Task.FromResult(_runs);

    public async Task<string> ContinuationsRunOneAtATime()
    {
        var worst = 0;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            for (var i = 0; i < 10; i++)
            {
                await Task.Yield();
                worst = Math.Max(worst, Interlocked.Increment(ref _inside));
                Thread.SpinWait(50);
                Interlocked.Decrement(ref _inside);
            }
        }));
        return $"at most {worst}";
    }
}
