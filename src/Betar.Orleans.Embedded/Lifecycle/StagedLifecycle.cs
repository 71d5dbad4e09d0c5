namespace Orleans.Runtime;

/// <summary>Starts observers stage by stage, those of one stage together, and stops what was started in the opposite order.</summary>
internal abstract class StagedLifecycle : ILifecycleSubject
{
    private readonly List<Entry> _entries = [];
    private int? _highestStarted;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var entry = new Entry(this, stage, observer);
        lock (_entries)
            _entries.Add(entry);
        return entry;
    }

    public async Task OnStart(CancellationToken cancellationToken = default)
    {
        foreach (var stage in Stages().OrderBy(static stage => stage.Key))
        {
            if (cancellationToken.IsCancellationRequested)
                throw new OrleansLifecycleCanceledException("The start was cancelled.", new OperationCanceledException(cancellationToken));
            _highestStarted = stage.Key;
            await Task.WhenAll(stage.Select(entry => Call(entry.Observer.OnStart, cancellationToken)));
            Started(stage.Key);
        }
    }

    public async Task OnStop(CancellationToken cancellationToken = default)
    {
        if (_highestStarted is not { } highest)
            return;
        List<Exception>? failures = null;
        foreach (var stage in Stages().Where(stage => stage.Key <= highest).OrderByDescending(static stage => stage.Key))
        {
            try
            {
                await Task.WhenAll(stage.Select(entry => Call(entry.Observer.OnStop, cancellationToken)));
            }
            catch (Exception exception)
            {
                // The stages below must still be stopped; all failures are told together.
                (failures ??= []).Add(exception);
            }

            Stopped(stage.Key);
        }

        if (failures is not null)
            throw new AggregateException(failures);
    }

    protected virtual void Started(int stage)
    {
    }

    protected virtual void Stopped(int stage)
    {
    }

    private static async Task Call(Func<CancellationToken, Task> step, CancellationToken cancellationToken) => await step(cancellationToken);

    private ILookup<int, Entry> Stages()
    {
        lock (_entries)
            return _entries.ToLookup(static entry => entry.Stage);
    }

    private sealed class Entry(StagedLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose()
        {
            lock (owner._entries)
                owner._entries.Remove(this);
        }
    }
}
