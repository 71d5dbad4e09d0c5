using Betar.Storage.Leases;

namespace Betar.Node.Tests.Gateway;

/// <summary>The store of leases as one silo reaches it: its answers can be held back, all of them or each for a while.</summary>
internal sealed class HangingLeases(ILeaseStore store) : ILeaseStore
{
    private readonly TaskCompletionSource _never = new();

    public bool Hangs { get; set; }

    public TimeSpan Late { get; set; }

    public async ValueTask<LeaseAnswer> AcquireAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken) =>
        await BackAsync(await store.AcquireAsync(name, holder, length, cancellationToken), cancellationToken);

    public async ValueTask<LeaseAnswer> RenewAsync(string name, string holder, long epoch, TimeSpan length, CancellationToken cancellationToken) => Hangs
        ? await BackAsync<LeaseAnswer>(default, cancellationToken)
        : await BackAsync(await store.RenewAsync(name, holder, epoch, length, cancellationToken), cancellationToken);

    public ValueTask<bool> ReleaseAsync(string name, string holder, long epoch, CancellationToken cancellationToken) =>
        store.ReleaseAsync(name, holder, epoch, cancellationToken);

    public ValueTask<bool> BreakAsync(string name, CancellationToken cancellationToken) => store.BreakAsync(name, cancellationToken);

    public ValueTask<LeaseAnswer?> FindAsync(string name, CancellationToken cancellationToken) => store.FindAsync(name, cancellationToken);

    private async ValueTask<T> BackAsync<T>(T answer, CancellationToken cancellationToken)
    {
        if (Hangs)
            await _never.Task.WaitAsync(cancellationToken);
        await Task.Delay(Late, cancellationToken);
        return answer;
    }
}
