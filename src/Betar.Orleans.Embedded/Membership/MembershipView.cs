using System.Collections.Immutable;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>What is known of the cluster at one moment.</summary>
internal sealed class MembershipView
{
    public static readonly MembershipView Empty = new(0, []);

    public MembershipView(long version, ImmutableDictionary<SiloAddress, (string Name, SiloStatus Status)> silos)
    {
        Version = version;
        Silos = silos;
        Active = [.. silos.Where(static silo => silo.Value.Status == SiloStatus.Active).Select(static silo => silo.Key).Order()];
    }

    public long Version { get; }

    public ImmutableDictionary<SiloAddress, (string Name, SiloStatus Status)> Silos { get; }

    /// <summary>The silos that take new activations, in an order that all agree on.</summary>
    public ImmutableArray<SiloAddress> Active { get; }

    public SiloStatus StatusOf(SiloAddress silo) => Silos.TryGetValue(silo, out var entry) ? entry.Status : SiloStatus.None;

    public bool IsDead(SiloAddress silo) => StatusOf(silo) is SiloStatus.Dead or SiloStatus.None;
}
