using Orleans;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Management;

public sealed class ManagementTests
{
    [Fact]
    public void The_hosts_are_all_silos_and_those_that_died() => Sim.Run(3, async sim =>
    {
        var dead = sim.Cluster.Silos[1];
        sim.Cluster.Kill(dead);
        var hosts = await Management(sim).GetHosts();
        Assert.Equal(3, hosts.Count);
        Assert.Equal(SiloStatus.Dead, hosts[dead]);
        Assert.Equal(2, hosts.Count(static host => host.Value == SiloStatus.Active));
    });

    [Fact]
    public void The_active_hosts_are_those_that_live() => Sim.Run(3, async sim =>
    {
        sim.Cluster.Kill(sim.Cluster.Silos[1]);
        Assert.Equal(sim.Cluster.Silos.ToHashSet(), (await Management(sim).GetHosts(onlyActive: true)).Keys.ToHashSet());
    });

    [Fact]
    public void Simple_statistics_count_the_activations_of_a_class_on_each_silo() => Sim.Run(2, async sim =>
    {
        var homes = await Populate(sim, "listed", 20);
        var rows = (await Management(sim).GetSimpleGrainStatistics()).Where(static row => row.GrainType == typeof(ListedGrain).FullName).ToArray();
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Equal(homes.Count(home => home == row.SiloAddress.ToString()), row.ActivationCount));
    });

    [Fact]
    public void Simple_statistics_may_be_asked_of_some_silos() => Sim.Run(2, async sim =>
    {
        await Populate(sim, "listed", 20);
        var one = sim.Cluster.Silos[0];
        Assert.All(await Management(sim).GetSimpleGrainStatistics([one]), row => Assert.Equal(one, row.SiloAddress));
    });

    [Fact]
    public void Detailed_statistics_may_be_asked_of_some_classes() => Sim.Run(2, async sim =>
    {
        await Populate(sim, "listed", 3);
        await Populate(sim, "kept", 4);
        var rows = await Management(sim).GetDetailedGrainStatistics([typeof(KeptGrain).FullName!]);
        Assert.Equal(4, rows.Length);
        Assert.All(rows, static row => Assert.Equal("kept", row.GrainId.Type.ToString()));
    });

    [Fact]
    public void Detailed_statistics_may_be_asked_of_some_silos() => Sim.Run(2, async sim =>
    {
        var homes = await Populate(sim, "listed", 20);
        var one = sim.Cluster.Silos[0];
        var rows = await Management(sim).GetDetailedGrainStatistics([typeof(ListedGrain).FullName!], [one]);
        Assert.Equal(homes.Count(home => home == one.ToString()), rows.Length);
    });

    [Fact]
    public void The_total_is_the_number_of_all_activations_the_workers_included() => Sim.Run(2, async sim =>
    {
        await Populate(sim, "listed", 5);
        await Populate(sim, "kept", 5);

        // The management grain, a stateless worker, counts itself.
        Assert.Equal(11, await Management(sim).GetTotalActivationCount());
    });

    [Fact]
    public void The_services_of_a_silo_are_not_counted() => Sim.Run(1, async sim =>
        Assert.Equal(["sys.management"], (await Management(sim).GetDetailedGrainStatistics()).Select(static row => row.GrainId.Type.ToString())));

    [Fact]
    public void The_active_grains_of_a_type_are_told_by_their_ids() => Sim.Run(3, async sim =>
    {
        await Populate(sim, "listed", 6);
        await Populate(sim, "kept", 2);
        var ids = await Management(sim).GetActiveGrains(GrainType.Create("listed"));
        Assert.Equal(Enumerable.Range(0, 6).Select(static i => $"listed/{i}"), ids.Select(static id => id.ToString()).Order());
    });

    [Fact]
    public void The_address_of_a_grain_on_a_dead_silo_is_forgotten() => Sim.Run(2, async sim =>
    {
        var grain = Listed(sim, "listed", 1);
        var home = await grain.Where();
        Assert.Equal(home, (await Management(sim).GetActivationAddress(grain))?.ToString());
        sim.Cluster.Kill(sim.Cluster.Silos.Single(silo => silo.ToString() == home));
        Assert.Null(await Management(sim).GetActivationAddress(grain));
    });

    [Fact]
    public void A_forced_collection_takes_what_is_old_enough_and_waits_until_it_is_gone() => Sim.Run(2, async sim =>
    {
        await Populate(sim, "listed", 5);
        await sim.Pass(60);
        await Listed(sim, "listed", 0).Where();
        await Management(sim).ForceActivationCollection(TimeSpan.FromSeconds(30));
        Assert.Equal(["listed/0"], (await Management(sim).GetActiveGrains(GrainType.Create("listed"))).Select(static id => id.ToString()));
    });

    [Fact]
    public void A_forced_collection_spares_what_is_kept_alive() => Sim.Run(2, async sim =>
    {
        await Populate(sim, "kept", 3);
        await Populate(sim, "patient", 3);
        await sim.Pass(60);
        await Management(sim).ForceActivationCollection(TimeSpan.Zero);
        Assert.Equal(3, (await Management(sim).GetActiveGrains(GrainType.Create("kept"))).Count);
        Assert.Empty(await Management(sim).GetActiveGrains(GrainType.Create("patient")));
    });

    [Fact]
    public void A_forced_collection_may_be_asked_of_some_silos() => Sim.Run(2, async sim =>
    {
        var homes = await Populate(sim, "listed", 20);
        await sim.Pass(60);
        var one = sim.Cluster.Silos[0];
        await Management(sim).ForceActivationCollection([one], TimeSpan.Zero);
        var left = await Management(sim).GetDetailedGrainStatistics([typeof(ListedGrain).FullName!]);
        Assert.Equal(homes.Count(home => home != one.ToString()), left.Length);
        Assert.DoesNotContain(left, row => row.SiloAddress.Equals(one));
    });

    private static IManagementGrain Management(Sim sim) => sim.Cluster.Client.GetGrain<IManagementGrain>(0);

    private static IListedGrain Listed(Sim sim, string type, int key) => sim.Cluster.Client.GetGrain<IListedGrain>(GrainId.Create(type, $"{key}"));

    private static Task<string[]> Populate(Sim sim, string type, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Listed(sim, type, i).Where()));
}
