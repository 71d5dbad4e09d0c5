namespace Betar.Libp2p.Muxing;

/// <summary>Those who wait until something has changed; all of them are woken to look again.</summary>
internal sealed class WaitList
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _waiting = [];

    /// <summary>Call it while holding the lock under which the change is made, and await the result outside.</summary>
    public Task AddAsync(CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting.Add(waiter);
        return WaitAsync(waiter, cancellationToken);
    }

    public void WakeAll()
    {
        List<TaskCompletionSource> woken;
        lock (_gate)
        {
            if (_waiting.Count == 0)
                return;
            (woken, _waiting) = (_waiting, []);
        }

        foreach (var waiter in woken)
            waiter.TrySetResult();
    }

    private async Task WaitAsync(TaskCompletionSource waiter, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.UnsafeRegister(
            static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), waiter);
        try
        {
            await waiter.Task;
        }
        finally
        {
            lock (_gate)
                _waiting.Remove(waiter);
        }
    }
}
