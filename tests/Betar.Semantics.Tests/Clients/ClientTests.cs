using Betar.Semantics.Tests.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.Semantics.Tests.Clients;

[Collection("calls")]
public sealed class ClientTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    [Fact]
    public async Task A_cluster_client_is_a_grain_factory()
    {
        IClusterClient client = Cluster.Client;
        Assert.Equal(Key, await client.GetGrain<IStringKeyGrain>(Key).Key());
        Assert.Same(client, client.ServiceProvider.GetRequiredService<IClusterClient>());
    }

    [Fact]
    public async Task A_silo_has_a_client_of_its_own()
    {
        foreach (var silo in Cluster.Silos)
        {
            var services = Cluster.GetSiloServiceProvider(silo.SiloAddress);
            Assert.Equal(silo.SiloAddress, services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
            Assert.Equal(Key, await services.GetRequiredService<IGrainFactory>().GetGrain<IStringKeyGrain>(Key).Key());
            Assert.Equal(Key, await services.GetRequiredService<IClusterClient>().GetGrain<IStringKeyGrain>(Key).Key());
        }
    }

    [Fact]
    public async Task Clients_and_silos_see_one_grain()
    {
        var near = Cluster.GetSiloServiceProvider(Cluster.Primary!.SiloAddress).GetRequiredService<IGrainFactory>();
        Assert.Equal(1, await Grains.GetGrain<IStringKeyGrain>(Key).Count());
        Assert.Equal(2, await near.GetGrain<IStringKeyGrain>(Key).Count());
    }

    [Fact]
    public async Task A_stopped_client_refuses_calls_and_the_grains_live_on()
    {
        var builder = new TestClusterBuilder(1);
        builder.AddSiloBuilderConfigurator<SiloSetup>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        var grain = cluster.GrainFactory.GetGrain<IStringKeyGrain>(Key);
        Assert.Equal(1, await grain.Count());
        await cluster.StopClusterClientAsync();
        await Assert.ThrowsAnyAsync<Exception>(grain.Count);
        await cluster.InitializeClientAsync();
        Assert.Equal(2, await cluster.GrainFactory.GetGrain<IStringKeyGrain>(Key).Count());
        await cluster.StopAllSilosAsync();
    }

    [Fact]
    public async Task A_reference_of_a_client_works_inside_a_silo_and_back()
    {
        var reference = Grains.GetGrain<IStringKeyGrain>(Key);
        Assert.Equal(1, await reference.AsReference<IStringKeyGrain>().Count());
        Assert.Equal(2, await reference.Cast<IStringKeyGrain>().Count());
    }
}
