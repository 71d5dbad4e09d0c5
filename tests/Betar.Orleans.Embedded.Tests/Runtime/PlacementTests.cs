using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Runtime;

public sealed class PlacementTests
{
    [Fact]
    public void By_default_grains_are_spread_over_all_silos() => Sim.Run(4, async sim =>
    {
        var homes = await Homes(sim.Cluster.Client, "listed", 200);
        Assert.All(homes.CountBy(static home => home), static count => Assert.InRange(count.Value, 25, 80));
        Assert.Equal(4, homes.Distinct().Count());
    });

    [Fact]
    public void A_grain_that_prefers_its_caller_lands_on_his_silo() => Sim.Run(4, async sim =>
    {
        foreach (var silo in sim.Cluster.Silos)
        {
            var homes = await Homes(sim.Cluster.ServicesOf(silo).GetRequiredService<IGrainFactory>(), "nearby", 10, $"{silo}");
            Assert.Equal([silo.ToString()], homes.Distinct());
        }
    });

    [Fact]
    public void A_grain_that_prefers_its_caller_stays_where_it_is() => Sim.Run(4, async sim =>
    {
        var first = await Homes(sim.Cluster.ServicesOf(sim.Cluster.Silos[0]).GetRequiredService<IGrainFactory>(), "nearby", 10);
        var second = await Homes(sim.Cluster.ServicesOf(sim.Cluster.Silos[1]).GetRequiredService<IGrainFactory>(), "nearby", 10);
        Assert.Equal(first, second);
    });

    [Fact]
    public void A_client_has_no_silo_to_prefer() => Sim.Run(4, async sim =>
        Assert.Equal(4, (await Homes(sim.Cluster.Client, "nearby", 100)).Distinct().Count()));

    [Fact]
    public void A_silo_that_is_leaving_is_not_preferred() => Sim.Run(2, async sim =>
    {
        var leaving = sim.Cluster.Silos[0];
        var factory = sim.Cluster.ServicesOf(leaving).GetRequiredService<IGrainFactory>();
        await sim.Cluster.StartSiloAsync();
        var held = sim.Probe("a");
        while (!leaving.Equals(await sim.Home("a")))
        {
            await held.End();
            await sim.Pass(1);
        }

        var turn = held.Wait(TimeSpan.FromSeconds(20));
        await sim.Pass(1);
        var stop = sim.Cluster.StopAsync(leaving);
        await sim.Pass(1);
        Assert.NotEqual(leaving.ToString(), Assert.Single(await Homes(factory, "nearby", 1)));
        await turn;
        await stop;
    });

    [Fact]
    public void Where_a_grain_lives_is_known_to_every_caller() => Sim.Run(3, async sim =>
    {
        var told = new List<string[]> { await Homes(sim.Cluster.Client, "listed", 30) };
        foreach (var silo in sim.Cluster.Silos)
            told.Add(await Homes(sim.Cluster.ServicesOf(silo).GetRequiredService<IGrainFactory>(), "listed", 30));
        Assert.All(told, homes => Assert.Equal(told[0], homes));
    });

    [Fact]
    public void First_calls_from_everywhere_at_once_make_one_activation() => Sim.Run(
        4,
        async sim =>
        {
            var factories = sim.Cluster.Silos.Select(silo => sim.Cluster.ServicesOf(silo).GetRequiredService<IGrainFactory>()).Append(sim.Cluster.Client);
            var homes = await Task.WhenAll(factories.SelectMany(static factory =>
                Enumerable.Range(0, 5).Select(_ => factory.GetGrain<IProbeGrain>("shared").Where())));
            Assert.Single(homes.Distinct());
            Assert.Equal(1, sim.Journal.Births);
            Assert.Null(sim.Journal.Twice);
        },
        slowSeams: true);

    private static Task<string[]> Homes(IGrainFactory factory, string type, int count, string prefix = "") =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => factory.GetGrain<IListedGrain>(GrainId.Create(type, $"{prefix}{i}")).Where()));
}
