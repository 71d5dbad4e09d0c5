using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>The directory of silos that share a process. It never holds an address on a dead silo for longer than the change takes.</summary>
internal sealed class InProcessDirectory : ISiloDirectory
{
    private readonly ConcurrentDictionary<GrainId, GrainAddress> _addresses = new();
    private readonly ISiloMembership _membership;

    public InProcessDirectory(ISiloMembership membership)
    {
        _membership = membership;
        membership.Subscribe(OnChange);
    }

    public int Count => _addresses.Count;

    public ValueTask<GrainAddress?> LookupAsync(GrainId grain) => new(_addresses.GetValueOrDefault(grain));

    public ValueTask<GrainAddress?> RegisterAsync(GrainAddress address)
    {
        while (true)
        {
            var registered = _addresses.GetOrAdd(address.GrainId, address);
            if (!ReferenceEquals(registered, address) && _membership.View.IsDead(registered.SiloAddress!))
            {
                _addresses.TryRemove(new(address.GrainId, registered));
                continue;
            }

            // Dead is told first and swept second: whoever registers meanwhile sees it here, or is swept.
            if (!_membership.View.IsDead(registered.SiloAddress!))
                return new(registered);
            _addresses.TryRemove(new(address.GrainId, address));
            return new((GrainAddress?)null);
        }
    }

    public ValueTask UnregisterAsync(GrainAddress address)
    {
        if (_addresses.TryGetValue(address.GrainId, out var registered) && registered.ActivationId == address.ActivationId)
            _addresses.TryRemove(new(address.GrainId, registered));
        return default;
    }

    private void OnChange(SiloAddress silo, SiloStatus status)
    {
        if (status != SiloStatus.Dead)
            return;
        foreach (var entry in _addresses)
        {
            if (silo.Equals(entry.Value.SiloAddress))
                _addresses.TryRemove(entry);
        }
    }
}
