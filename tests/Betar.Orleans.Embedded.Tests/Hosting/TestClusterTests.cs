using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Betar.Orleans.Embedded.Tests.Hosting;

public sealed class TestClusterTests
{
    [Fact]
    public async Task A_client_calls_grains_on_two_silos()
    {
        await using var cluster = await Deploy(2);
        var silos = new HashSet<string>();
        for (var i = 0; i < 50; i++)
            silos.Add(await cluster.Client.GetGrain<IEchoGrain>($"k{i}").WhereAreYou());
        Assert.Equal(2, silos.Count);
        Assert.Equal("hello", await cluster.GrainFactory.GetGrain<IEchoGrain>("x").Echo("hello"));
    }

    [Fact]
    public async Task The_first_silo_is_the_primary_and_the_others_are_numbered()
    {
        await using var cluster = await Deploy(3);
        Assert.Equal(["Primary", "Secondary_1", "Secondary_2"], cluster.Silos.Select(static silo => silo.Name));
        Assert.Equal([0, 1, 2], cluster.Silos.Select(static silo => (int)silo.InstanceNumber));
        Assert.Same(cluster.Silos[0], cluster.Primary);
        Assert.Equal(cluster.Silos.Skip(1), cluster.SecondarySilos);
    }

    [Fact]
    public async Task A_killed_silo_says_no_goodbye()
    {
        await using var cluster = await Deploy(2);
        var victim = cluster.SecondarySilos[0];
        var participant = cluster.GetSiloServiceProvider(victim.SiloAddress).GetRequiredService<Goodbyes>();
        await cluster.KillSiloAsync(victim);
        Assert.Equal(0, participant.Said);
        Assert.False(victim.IsActive);
        Assert.DoesNotContain(victim, cluster.Silos);
    }

    [Fact]
    public async Task A_stopped_silo_says_goodbye()
    {
        await using var cluster = await Deploy(2);
        var leaving = cluster.SecondarySilos[0];
        var participant = cluster.GetSiloServiceProvider(leaving.SiloAddress).GetRequiredService<Goodbyes>();
        await cluster.StopSiloAsync(leaving);
        Assert.Equal(1, participant.Said);
        Assert.False(leaving.IsActive);
        Assert.DoesNotContain(leaving, cluster.Silos);
    }

    [Fact]
    public async Task Stopping_twice_is_stopping_once()
    {
        await using var cluster = await Deploy(2);
        var leaving = cluster.SecondarySilos[0];
        await cluster.StopSiloAsync(leaving);
        await cluster.StopSiloAsync(leaving);
        await cluster.KillSiloAsync(leaving);
        Assert.Single(cluster.Silos);
    }

    [Fact]
    public async Task A_restarted_silo_keeps_its_name_and_has_an_address_of_its_own()
    {
        await using var cluster = await Deploy(2);
        var before = cluster.SecondarySilos[0];
        var after = await cluster.RestartSiloAsync(before);
        Assert.Equal((before.Name, before.InstanceNumber), (after.Name, after.InstanceNumber));
        Assert.NotEqual(before.SiloAddress, after.SiloAddress);
        Assert.True(after.IsActive);
        Assert.Equal(2, cluster.GetActiveSilos().Count());
    }

    [Fact]
    public async Task Additional_silos_join()
    {
        await using var cluster = await Deploy(1);
        await cluster.StartAdditionalSilosAsync(2);
        var one = await cluster.StartAdditionalSiloAsync();
        Assert.Equal("Secondary_3", one.Name);
        Assert.Equal(4, (await cluster.GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
    }

    [Fact]
    public async Task The_secondaries_may_be_stopped_alone_and_the_primary_last()
    {
        await using var cluster = await Deploy(3);
        await cluster.StopSecondarySilosAsync();
        Assert.Equal(["Primary"], cluster.Silos.Select(static silo => silo.Name));
        await cluster.StopPrimarySiloAsync();
        Assert.Empty(cluster.Silos);
        Assert.Null(cluster.Primary);
    }

    [Fact]
    public async Task A_silo_is_found_by_its_address()
    {
        await using var cluster = await Deploy(2);
        var silo = cluster.SecondarySilos[0];
        Assert.Same(silo, cluster.GetSiloForAddress(silo.SiloAddress));
        Assert.True(cluster.ContainsSilo(silo.SiloAddress));
        Assert.False(cluster.ContainsSilo(Silos.Address(1)));
        Assert.Equal(silo.SiloAddress, cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ILocalSiloDetails>().SiloAddress);
        Assert.Equal(cluster.Primary!.SiloAddress, cluster.GetSiloServiceProvider().GetRequiredService<ILocalSiloDetails>().SiloAddress);
    }

    [Fact]
    public async Task The_services_of_a_silo_that_is_not_there_cannot_be_had()
    {
        await using var cluster = await Deploy(1);
        Assert.Throws<ArgumentException>(() => cluster.GetSiloServiceProvider(Silos.Address(1)));
    }

    [Fact]
    public async Task A_cluster_is_deployed_once()
    {
        await using var cluster = await Deploy(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.DeployAsync());
    }

    [Fact]
    public async Task A_cluster_may_be_deployed_without_a_client_and_get_one_later()
    {
        var builder = New(1);
        builder.Options.InitializeClientOnDeploy = false;
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        Assert.Throws<InvalidOperationException>(() => cluster.Client);
        await cluster.InitializeClientAsync();
        Assert.Equal("hello", await cluster.Client.GetGrain<IEchoGrain>("x").Echo("hello"));
    }

    [Fact]
    public async Task A_killed_client_leaves_the_silos_alone()
    {
        await using var cluster = await Deploy(1);
        await cluster.KillClientAsync();
        Assert.Throws<InvalidOperationException>(() => cluster.Client);
        await cluster.InitializeClientAsync();
        Assert.Equal("hello", await cluster.Client.GetGrain<IEchoGrain>("x").Echo("hello"));
    }

    [Fact]
    public async Task Properties_and_configuration_reach_silos_and_client()
    {
        var builder = New(1);
        builder.Properties["colour"] = "blue";
        builder.ConfigureHostConfiguration(static configuration => configuration.AddInMemoryCollection([new("shape", "round")]));
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        foreach (var services in new[] { cluster.GetSiloServiceProvider(), cluster.ServiceProvider })
        {
            var configuration = services.GetRequiredService<IConfiguration>();
            Assert.Equal(("blue", "round"), (configuration["colour"], configuration["shape"]));
        }
    }

    [Fact]
    public async Task Hosts_may_be_configured_as_hosts()
    {
        var builder = New(1);
        builder.AddSiloBuilderConfigurator<HostSetup>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        Assert.Equal("of the host", cluster.GetSiloServiceProvider().GetRequiredService<Mark>().Text);
        Assert.Null(cluster.ServiceProvider.GetService<Mark>());
    }

    [Fact]
    public void What_configures_nothing_is_refused()
    {
        var builder = new TestClusterBuilder();
        Assert.Throws<ArgumentException>(builder.AddSiloBuilderConfigurator<Goodbyes>);
        Assert.Throws<ArgumentException>(builder.AddClientBuilderConfigurator<Goodbyes>);
        Assert.Throws<ArgumentException>(builder.AddClientBuilderConfigurator<Setup>);
    }

    [Fact]
    public void By_default_there_are_two_silos_and_ids_that_nobody_else_has()
    {
        var one = new TestClusterBuilder().Options;
        var other = new TestClusterBuilder().Options;
        Assert.Equal(2, one.InitialSilosCount);
        Assert.NotEqual(one.ClusterId, other.ClusterId);
        Assert.NotEqual(one.ServiceId, other.ServiceId);
    }

    private static TestClusterBuilder New(short silos) => new TestClusterBuilder(silos).AddSiloBuilderConfigurator<Setup>();

    private static async Task<TestCluster> Deploy(short silos)
    {
        var cluster = New(silos).Build();
        await cluster.DeployAsync();
        return cluster;
    }

    private sealed record Mark(string Text);

    private sealed class Goodbyes : ILifecycleParticipant<ISiloLifecycle>
    {
        public int Said { get; private set; }

        public void Participate(ISiloLifecycle observer) => observer.Subscribe(
            nameof(Goodbyes),
            ServiceLifecycleStage.Active,
            static _ => Task.CompletedTask,
            _ =>
            {
                Said++;
                return Task.CompletedTask;
            });
    }

    private sealed class Setup : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            siloBuilder.Services.AddSingleton<Goodbyes>();
            siloBuilder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(static services => services.GetRequiredService<Goodbyes>());
        }
    }

    private sealed class HostSetup : IHostConfigurator
    {
        public void Configure(IHostBuilder hostBuilder) =>
            hostBuilder.ConfigureServices(static services => services.AddSingleton(new Mark("of the host")));
    }
}
