namespace Betar.Storage.Leases;

/// <summary>Leases in a <see cref="BetarDatabase"/>: an answer comes when it is on disk.</summary>
internal sealed class SqliteLeaseStore(BetarDatabase database, TimeProvider time) : ILeaseStore
{
    private readonly LeaseClock clock = new(time);

    public TimeProvider Clock => time;

    public ValueTask<LeaseAnswer> AcquireAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken)
    {
        LeaseRules.Check(name, holder, length);
        return WriteAsync(name, (row, now) => LeaseRules.Acquire(row, holder, length, now), cancellationToken);
    }

    public ValueTask<LeaseAnswer> RenewAsync(string name, string holder, long epoch, TimeSpan length, CancellationToken cancellationToken)
    {
        LeaseRules.Check(name, holder, length);
        return WriteAsync(name, (row, now) => LeaseRules.Renew(row, holder, epoch, length, now), cancellationToken);
    }

    public async ValueTask<bool> ReleaseAsync(string name, string holder, long epoch, CancellationToken cancellationToken) =>
        (await WriteAsync(name, (row, now) => LeaseRules.Release(row, holder, epoch, now), cancellationToken).ConfigureAwait(false)).Granted;

    public async ValueTask<bool> BreakAsync(string name, CancellationToken cancellationToken) =>
        (await WriteAsync(name, LeaseRules.Break, cancellationToken).ConfigureAwait(false)).Granted;

    public ValueTask<LeaseAnswer?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync((Name: name, Clock: clock), static (reader, asked) =>
            LeaseRules.Look(LeaseWrite.Read(reader.Prepare(LeaseWrite.Select), asked.Name), asked.Clock.Now), cancellationToken);

    private ValueTask<LeaseAnswer> WriteAsync(string name, Func<LeaseRow?, long, (LeaseRow? After, LeaseAnswer Answer)> rule, CancellationToken cancellationToken) =>
        database.WriteAsync(new LeaseWrite(database.Prepared, clock, name, rule, cancellationToken));
}
