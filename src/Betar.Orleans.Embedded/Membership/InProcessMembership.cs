using System.Collections.Immutable;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>The membership of silos that share a process: one view for all.</summary>
internal sealed class InProcessMembership : ISiloMembership
{
    // A long-lived cluster forgets the dead beyond this many.
    private const int MaxDead = 64;
    private readonly Lock _gate = new();
    private ImmutableArray<Action<SiloAddress, SiloStatus>> _subscribers = [];
    private volatile MembershipView _view = MembershipView.Empty;

    public MembershipView View => _view;

    public void SetStatus(SiloAddress silo, string name, SiloStatus status)
    {
        lock (_gate)
        {
            var old = _view;
            var before = old.StatusOf(silo);
            if (before == SiloStatus.Dead || before == status)
                return;
            _view = new(old.Version + 1, Trim(old.Silos.SetItem(silo, (name, status))));
        }

        foreach (var subscriber in _subscribers)
            subscriber(silo, status);
    }

    public IDisposable Subscribe(Action<SiloAddress, SiloStatus> onChange)
    {
        ImmutableInterlocked.Update(ref _subscribers, static (list, item) => list.Add(item), onChange);
        return new Subscription(this, onChange);
    }

    private static ImmutableDictionary<SiloAddress, (string Name, SiloStatus Status)> Trim(
        ImmutableDictionary<SiloAddress, (string Name, SiloStatus Status)> silos)
    {
        if (silos.Count <= MaxDead)
            return silos;
        var dead = silos.Where(static silo => silo.Value.Status == SiloStatus.Dead).Select(static silo => silo.Key).Order().ToArray();
        return dead.Length <= MaxDead ? silos : silos.RemoveRange(dead[..(dead.Length - MaxDead)]);
    }

    private sealed class Subscription(InProcessMembership owner, Action<SiloAddress, SiloStatus> onChange) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref owner._subscribers, static (list, item) => list.Remove(item), onChange);
    }
}
