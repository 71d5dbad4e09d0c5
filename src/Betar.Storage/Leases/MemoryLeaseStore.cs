namespace Betar.Storage.Leases;

/// <summary>Leases of a process that keeps nothing.</summary>
public sealed class MemoryLeaseStore(TimeProvider time) : ILeaseStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LeaseRow> rows = new(StringComparer.Ordinal);
    private readonly LeaseClock clock = new(time);

    public ValueTask<LeaseAnswer> AcquireAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        LeaseRules.Check(name, holder, length);
        return Write(name, (row, now) => LeaseRules.Acquire(row, holder, length, now), cancellationToken);
    }

    public ValueTask<LeaseAnswer> RenewAsync(string name, string holder, long epoch, TimeSpan length, CancellationToken cancellationToken)
    {
        LeaseRules.Check(name, holder, length);
        return Write(name, (row, now) => LeaseRules.Renew(row, holder, epoch, length, now), cancellationToken);
    }

    public async ValueTask<bool> ReleaseAsync(string name, string holder, long epoch, CancellationToken cancellationToken) =>
        (await Write(name, (row, now) => LeaseRules.Release(row, holder, epoch, now), cancellationToken)).Granted;

    public async ValueTask<bool> BreakAsync(string name, CancellationToken cancellationToken) => (await Write(name, LeaseRules.Break, cancellationToken)).Granted;

    public ValueTask<LeaseAnswer?> FindAsync(string name, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
            return ValueTask.FromResult(LeaseRules.Look(rows.TryGetValue(name, out var row) ? row : null, clock.Now));
    }

    private ValueTask<LeaseAnswer> Write(string name, Func<LeaseRow?, long, (LeaseRow? After, LeaseAnswer Answer)> rule, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            var (after, answer) = rule(rows.TryGetValue(name, out var row) ? row : null, clock.Now);
            if (after is { } kept)
                rows[name] = kept;
            return ValueTask.FromResult(answer);
        }
    }
}
