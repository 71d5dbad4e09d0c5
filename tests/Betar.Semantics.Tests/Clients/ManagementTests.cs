using Betar.Semantics.Tests.Lifetime;
using Betar.Semantics.Tests.Placement;

namespace Betar.Semantics.Tests.Clients;

[Collection("management")]
public sealed class ManagementTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Fact]
    public async Task Every_silo_is_a_host_and_active()
    {
        var hosts = await Management.GetHosts(onlyActive: true);
        Assert.Equal(Cluster.Silos.Select(silo => silo.SiloAddress).ToHashSet(), hosts.Keys.ToHashSet());
        Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
    }

    [Fact]
    public async Task Activations_of_a_type_are_listed_by_id()
    {
        var grains = Enumerable.Range(0, 10).Select(i => Grains.GetGrain<IManagedGrain>($"{Key}/{i}")).ToArray();
        await Task.WhenAll(grains.Select(grain => grain.Silo()));
        var active = await Management.GetActiveGrains(grains[0].GetGrainId().Type);
        Assert.Subset(active.ToHashSet(), grains.Select(grain => grain.GetGrainId()).ToHashSet());
        Assert.Equal(active.Count, active.Distinct().Count());
    }

    [Fact]
    public async Task Detailed_statistics_say_where_each_grain_lives()
    {
        var grain = Grains.GetGrain<IManagedGrain>(Key);
        var home = await grain.Silo();
        var row = Assert.Single(await Management.GetDetailedGrainStatistics(), row => row.GrainId == grain.GetGrainId());
        Assert.Equal(home, row.SiloAddress);
        Assert.Contains(nameof(ManagedGrain), row.GrainType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_activation_count_of_a_grain_is_nought_or_one()
    {
        var grain = Grains.GetGrain<IManagedGrain>(Key);
        Assert.Equal(0, await Management.GetGrainActivationCount((GrainReference)grain));
        await grain.Silo();
        Assert.Equal(1, await Management.GetGrainActivationCount((GrainReference)grain));
    }

    [Fact]
    public async Task The_address_of_an_activation_is_its_silo()
    {
        var grain = Grains.GetGrain<IManagedGrain>(Key);
        Assert.Null(await Management.GetActivationAddress(grain));
        var home = await grain.Silo();
        Assert.Equal(home, await Management.GetActivationAddress(grain));
    }

    [Fact]
    public async Task The_total_grows_with_every_activation()
    {
        var before = await Management.GetTotalActivationCount();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Grains.GetGrain<IManagedGrain>($"{Key}/{i}").Silo()));
        Assert.True(await Management.GetTotalActivationCount() >= before + 5);
    }

    [Fact]
    public async Task A_grain_that_left_is_no_longer_counted()
    {
        var grain = Grains.GetGrain<ILifeGrain>(Key);
        await grain.Count();
        await grain.Leave();
        await Scene.Seen("disposed");
        Assert.Equal(0, await Management.GetGrainActivationCount((GrainReference)grain));
    }
}
