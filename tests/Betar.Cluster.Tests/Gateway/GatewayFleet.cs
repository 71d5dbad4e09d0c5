using Betar.Grains.Abstractions.Gateway;
using Betar.Grains.Gateway;
using Betar.Orleans.Testing;
using Betar.Storage.Leases;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Betar.Cluster.Tests.Gateway;

/// <summary>Silos in virtual time that share a lease, each with a host of its own, and a tower that watches them.</summary>
internal sealed class GatewayFleet
{
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly Simulation _simulation;
    private readonly SimulatedCluster _cluster;
    private readonly MemoryLeaseStore _leases;

    private GatewayFleet(Simulation simulation)
    {
        _simulation = simulation;
        _cluster = new SimulatedCluster(simulation);
        _leases = new MemoryLeaseStore(simulation.Time);
        Tower = new Watchtower(simulation.Time);
    }

    public GatewayOptions Options { get; } = new();

    public Watchtower Tower { get; }

    public List<FleetSilo> Silos { get; } = [];

    public TimeProvider Time => _simulation.Time;

    /// <summary>Whose host speaks.</summary>
    public FleetSilo? Holder => Silos.Find(silo => silo.Presence == Tower.Speaking);

    /// <summary>Runs it to its end; whatever two hosts at once there were is the seed's fault.</summary>
    public static void Run(int silos, Func<GatewayFleet, Task> body, int seed = 1)
    {
        var fleet = new GatewayFleet(new Simulation(seed));
        fleet._simulation.Run(async () =>
        {
            for (int silo = 0; silo < silos; silo++)
                await fleet.StartSiloAsync();
            await fleet.OpensAsync();
            await body(fleet);
        });
        Assert.True(fleet.Tower.Faults.Count == 0, $"seed {seed}: {string.Join(Environment.NewLine, fleet.Tower.Faults)}");
    }

    public async Task<FleetSilo> StartSiloAsync()
    {
        var silo = new FleetSilo($"host-{Silos.Count}", _leases, Tower, Time);
        silo.Address = await _cluster.StartSiloAsync(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(silo.Clock);
            builder.Services.AddSingleton<ILeaseStore>(silo.Store);
            builder.Services.AddSingleton<IFleetPresence>(silo.Presence);
            builder.Services.Configure<GatewayOptions>(own => own.DrainWithin = Options.DrainWithin);
            builder.Services.AddBetarGateway();
        });
        Silos.Add(silo);
        return silo;
    }

    public Task OpensAsync() => Tower.UntilAsync(() => Tower.Speaking is not null, Long);

    public Task FallsSilentAsync() => Tower.UntilAsync(() => Tower.Speaking is null, Long);

    public Task PassAsync(TimeSpan time) => Task.Delay(time, Time);

    public void Kill(FleetSilo silo)
    {
        // What its process did still runs here, but reaches nothing any more.
        silo.Store.Hang();
        Silos.Remove(silo);
        _cluster.Kill(silo.Address);
        silo.Presence.Die();
    }

    public async Task StopAsync(FleetSilo silo)
    {
        Silos.Remove(silo);
        await _cluster.StopAsync(silo.Address);
    }

    public async Task<GatewayStatus> StatusAsync() => await _cluster.Client.GetGrain<IGatewayGrain>(IGatewayGrain.Key).GetStatus();
}
