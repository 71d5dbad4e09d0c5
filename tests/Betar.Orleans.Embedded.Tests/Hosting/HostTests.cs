using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests.Hosting;

/// <summary>Silos and clients in hosts of their own, as a program has them. Ports name a cluster; nothing listens on them.</summary>
public sealed class HostTests
{
    private readonly string _service = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_host_with_a_silo_calls_its_grains()
    {
        using var host = await Start(Silo(1, 11));
        Assert.Equal("hello", await Grains(host).GetGrain<IEchoGrain>("e").Echo("hello"));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_client_in_a_host_of_its_own_finds_the_silo_by_its_gateway()
    {
        using var silo = await Start(Silo(1, 11));
        using var client = await Start(Client(11));
        Assert.Equal("hello", await Grains(client).GetGrain<IEchoGrain>("e").Echo("hello"));
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_second_silo_joins_the_first_when_it_names_it_as_its_primary()
    {
        using var first = await Start(Silo(1, 11));
        using var second = await Start(Silo(2, 12, primary: 1));
        using var lonely = await Start(Silo(3, 13));
        Assert.Equal(2, (await Grains(first).GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
        Assert.Equal(2, (await Grains(second).GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
        Assert.Single(await Grains(lonely).GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true));
        foreach (var host in new[] { lonely, second, first })
            await host.StopAsync();
    }

    [Fact]
    public async Task A_client_without_a_silo_says_so_at_its_start()
    {
        using var host = Client(99).Build();
        var error = await Assert.ThrowsAsync<SiloUnavailableException>(() => host.StartAsync());
        Assert.Contains("gateway port 99", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_outlives_its_silo_is_told()
    {
        using var silo = await Start(Silo(1, 11));
        using var client = await Start(Client(11));
        await silo.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Grains(client).GetGrain<IEchoGrain>("e").Echo("hello"));
        await client.StopAsync();
    }

    [Fact]
    public async Task A_stopped_client_sends_nothing_more()
    {
        using var silo = await Start(Silo(1, 11));
        using var client = await Start(Client(11));
        var grain = Grains(client).GetGrain<IEchoGrain>("e");
        await client.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(() => grain.Echo("hello"));
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_stopped_cluster_is_forgotten_and_another_takes_its_name()
    {
        using (var first = await Start(Silo(1, 11)))
            await first.StopAsync();
        using var second = await Start(Silo(1, 11));
        Assert.Single(await Grains(second).GetGrain<IManagementGrain>(0).GetHosts());
        await second.StopAsync();
    }

    [Fact]
    public async Task UseOrleans_twice_is_one_silo_with_both_settings()
    {
        var builder = Silo(1, 11);
        builder.UseOrleans(static silo => silo.Configure<SiloOptions>(static options => options.SiloName = "Named"));
        using var host = await Start(builder);
        Assert.Single(host.Services.GetServices<IHostedService>(), static service => service is SiloHostedService);
        Assert.Equal("Named", host.Services.GetRequiredService<ILocalSiloDetails>().Name);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_silo_says_who_it_is()
    {
        using var host = await Start(Silo(7, 11));
        var details = host.Services.GetRequiredService<ILocalSiloDetails>();
        Assert.Equal(("c", 7), (details.ClusterId, details.SiloAddress.Endpoint.Port));
        Assert.StartsWith("Silo_7_", details.Name, StringComparison.Ordinal);
        Assert.Equal(details.SiloAddress, details.GatewayAddress);
        await host.StopAsync();
    }

    [Fact]
    public async Task Services_added_through_the_silo_builder_reach_the_grains()
    {
        var builder = Silo(1, 11);
        builder.UseOrleans(static silo => silo.ConfigureServices(static services => services.AddSingleton<Journal>()));
        using var host = await Start(builder);
        await Grains(host).GetGrain<IProbeGrain>("a").Note("noted");
        await Grains(host).GetGrain<IProbeGrain>("a").Where();
        Assert.Equal(["noted"], host.Services.GetRequiredService<Journal>().Lines);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_client_has_filters_of_its_own()
    {
        var journal = new Journal();
        using var silo = await Start(Silo(1, 11));
        var builder = Client(11);
        builder.UseOrleansClient(client => client.AddOutgoingGrainCallFilter(new JournalFilter(journal, static call => call.MethodName)));
        using var client = await Start(builder);
        await Grains(client).GetGrain<IEchoGrain>("e").Echo("hello");
        await Grains(silo).GetGrain<IEchoGrain>("e").WhereAreYou();
        Assert.Equal(["Echo"], journal.Lines);
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public void A_reference_cannot_be_made_before_the_host_has_started()
    {
        using var host = Client(98).Build();
        Assert.ThrowsAny<Exception>(() => Grains(host).GetGrain<IEchoGrain>("e"));
    }

    private static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    private static async Task<IHost> Start(HostApplicationBuilder builder)
    {
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private HostApplicationBuilder Silo(int port, int gateway, int? primary = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseLocalhostClustering(
            port, gateway, primary is { } other ? new(System.Net.IPAddress.Loopback, other) : null, _service, "c"));
        return builder;
    }

    private HostApplicationBuilder Client(int gateway)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gateway, _service, "c"));
        return builder;
    }
}
