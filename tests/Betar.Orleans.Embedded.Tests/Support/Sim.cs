using Betar.Orleans.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>One simulated run: silos, a client, a journal.</summary>
internal sealed class Sim
{
    private readonly InProcessMembership _membership = new();

    private Sim(int seed, Action<ISiloBuilder>? configure, bool slowSeams, ISiloLink? link, Func<ISiloDirectory, ISiloDirectory>? directory)
    {
        Simulation = new Simulation(seed);
        Directory = new InProcessDirectory(_membership);
        Cluster = new SimulatedCluster(Simulation, silo =>
        {
            silo.Services.AddSingleton(Journal);
            configure?.Invoke(silo);
        })
        {
            Shared = new InProcessCluster
            {
                Membership = _membership,
                Directory = directory is not null ? directory(Directory) : slowSeams ? new SlowDirectory(Simulation, Directory) : Directory,
                Link = link ?? (slowSeams ? new SlowLink(Simulation) : new InProcessLink()),
            },
        };
    }

    public Simulation Simulation { get; }

    public SimulatedCluster Cluster { get; }

    public InProcessDirectory Directory { get; }

    public MembershipView View => _membership.View;

    public Journal Journal { get; } = new();

    public DateTimeOffset Now => Simulation.Time.GetUtcNow();

    public static Sim Run(
        int silos,
        Func<Sim, Task> body,
        Action<ISiloBuilder>? configure = null,
        int seed = 1,
        bool slowSeams = false,
        ISiloLink? link = null,
        Func<ISiloDirectory, ISiloDirectory>? directory = null)
    {
        var sim = new Sim(seed, configure, slowSeams, link, directory);
        sim.Simulation.Run(async () =>
        {
            for (var i = 0; i < silos; i++)
                await sim.Cluster.StartSiloAsync();
            await body(sim);
        });
        return sim;
    }

    public IProbeGrain Probe(string key) => Cluster.Client.GetGrain<IProbeGrain>(key);

    /// <summary>Where the grain lives now; asking brings it to life.</summary>
    public async Task<SiloAddress> Home(string key)
    {
        var home = await Probe(key).Where();
        return Cluster.Silos.Single(silo => silo.ToString() == home);
    }

    /// <summary>Two keys like these whose grains live on two silos.</summary>
    public async Task<(string Here, string There)> Apart(string here, string there)
    {
        var home = await Home(here);
        for (var i = 0; ; i++)
        {
            if (!home.Equals(await Home($"{there}{i}")))
                return (here, $"{there}{i}");
        }
    }

    /// <summary>Two keys like these whose grains live on one silo.</summary>
    public async Task<(string Here, string There)> Together(string here, string there)
    {
        var home = await Home(here);
        for (var i = 0; ; i++)
        {
            if (home.Equals(await Home($"{there}{i}")))
                return (here, $"{there}{i}");
        }
    }

    /// <summary>Lets virtual time pass.</summary>
    public Task Pass(TimeSpan time) => Task.Delay(time, Simulation.Time);

    public Task Pass(int seconds) => Pass(TimeSpan.FromSeconds(seconds));
}
