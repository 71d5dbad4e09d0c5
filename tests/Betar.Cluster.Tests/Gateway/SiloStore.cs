using Betar.Storage.Leases;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>The store as one silo reaches it: it may hang, answer late, fail, or be out of reach for good.</summary>
internal sealed class SiloStore(ILeaseStore store, TimeProvider world) : ILeaseStore
{
    private TaskCompletionSource _way = Open();

    /// <summary>How long an answer is on its way back.</summary>
    public TimeSpan Late { get; set; }

    /// <summary>Once it has granted a lease, nothing gets through any more.</summary>
    public bool GrantsOnce { get; set; }

    /// <summary>What every question ends with; null: with an answer.</summary>
    public Exception? Fault { get; set; }

    /// <summary>From now on nothing gets through, until <see cref="GoOn"/>.</summary>
    public void Hang() => _way = new TaskCompletionSource();

    public void GoOn()
    {
        (Late, Fault) = (TimeSpan.Zero, null);
        _way.TrySetResult();
    }

    public ValueTask<LeaseAnswer> AcquireAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken) =>
        AskAsync(async () =>
        {
            LeaseAnswer answer = await store.AcquireAsync(name, holder, length, cancellationToken);
            if (answer.Granted && GrantsOnce)
                Hang();
            return answer;
        }, cancellationToken);

    public ValueTask<LeaseAnswer> RenewAsync(string name, string holder, long epoch, TimeSpan length, CancellationToken cancellationToken) =>
        AskAsync(() => store.RenewAsync(name, holder, epoch, length, cancellationToken), cancellationToken);

    public ValueTask<bool> ReleaseAsync(string name, string holder, long epoch, CancellationToken cancellationToken) =>
        AskAsync(() => store.ReleaseAsync(name, holder, epoch, cancellationToken), cancellationToken);

    public ValueTask<bool> BreakAsync(string name, CancellationToken cancellationToken) => AskAsync(() => store.BreakAsync(name, cancellationToken), cancellationToken);

    public ValueTask<LeaseAnswer?> FindAsync(string name, CancellationToken cancellationToken) => AskAsync(() => store.FindAsync(name, cancellationToken), cancellationToken);

    private async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        await _way.Task.WaitAsync(cancellationToken);
        if (Fault is { } fault)
            throw fault;
        T answer = await ask();
        if (Late > TimeSpan.Zero)
            await Task.Delay(Late, world, CancellationToken.None);
        return answer;
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
