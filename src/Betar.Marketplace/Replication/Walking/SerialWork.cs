namespace Betar.Marketplace.Replication.Walking;

/// <summary>Work that runs one piece after the other on a given scheduler.</summary>
internal sealed class SerialWork(TaskScheduler scheduler, Action<Exception> failed)
{
    private readonly Lock _lock = new();
    private readonly Queue<Func<Task>> _waiting = [];
    private Task _running = Task.CompletedTask;
    private bool _busy;
    private bool _closed;

    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>False: it is closed.</summary>
    public bool Post(Func<Task> work)
    {
        lock (_lock)
        {
            if (_closed)
                return false;
            _waiting.Enqueue(work);
            if (!_busy)
            {
                _busy = true;
                _running = Start(DrainAsync);
            }
        }

        return true;
    }

    /// <summary>Runs it in its turn; what it throws goes to the caller.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var source = new TaskCompletionSource<T>(
            scheduler == TaskScheduler.Default ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);
        var posted = Post(async () =>
        {
            try
            {
                source.SetResult(await work());
            }
            catch (Exception error)
            {
                source.SetException(error);
            }
        });
        return posted ? source.Task : throw new ObjectDisposedException(nameof(Replica));
    }

    /// <summary>Starts something beside the queue.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();

    /// <summary>Takes nothing more and waits until all that waits has run.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _closed = true;
            return _running;
        }
    }

    private async Task DrainAsync()
    {
        while (true)
        {
            Func<Task> work;
            lock (_lock)
            {
                if (!_waiting.TryDequeue(out work!))
                {
                    _busy = false;
                    return;
                }
            }

            try
            {
                await work();
            }
            catch (Exception error)
            {
                // The last one to see it: one piece of work must not stop the others.
                failed(error);
            }
        }
    }
}
