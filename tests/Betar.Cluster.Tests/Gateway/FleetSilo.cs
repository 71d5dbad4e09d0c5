using Betar.Storage.Leases;
using Orleans.Runtime;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>A silo's own clock, way to the store, and host.</summary>
internal sealed class FleetSilo(string name, ILeaseStore leases, Watchtower tower, TimeProvider world)
{
    public StallingClock Clock { get; } = new(world);

    public SiloStore Store { get; } = new(leases, world);

    public FakePresence Presence { get; } = new(name, tower, world);

    public SiloAddress Address { get; set; } = null!;

    /// <summary>Everything works again.</summary>
    public void GoOn()
    {
        Clock.GoOn();
        Store.GoOn();
        Presence.Obstacle = null;
    }
}
