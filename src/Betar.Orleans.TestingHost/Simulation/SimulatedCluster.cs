using Betar.Orleans.Embedded;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Betar.Orleans.Testing;

/// <summary>Silos and a client inside a <see cref="Simulation"/>. Use it from the body of <see cref="Simulation.Run"/>.</summary>
public sealed class SimulatedCluster(Simulation simulation, Action<ISiloBuilder>? configure = null)
{
    private readonly List<(SiloAddress Address, ServiceProvider Services)> _silos = [];
    private ServiceProvider? _client;
    private int _started;

    internal InProcessCluster Shared { get; init; } = new();

    public IReadOnlyList<SiloAddress> Silos => [.. _silos.Select(static silo => silo.Address)];

    public IClusterClient Client => ClientServices().GetRequiredService<IClusterClient>();

    public Task<SiloAddress> StartSiloAsync() => StartSiloAsync(static _ => { });

    /// <summary>Starts a silo that is configured a little differently from the others.</summary>
    public async Task<SiloAddress> StartSiloAsync(Action<ISiloBuilder> configureThis)
    {
        var services = NewServices();
        var builder = EngineServices.AddSilo(services, new ConfigurationBuilder().Build());
        var port = 30_000 + _started++;
        builder.Configure<global::Orleans.Configuration.EndpointOptions>(options => options.SiloPort = port);
        configure?.Invoke(builder);
        configureThis(builder);
        var provider = services.BuildServiceProvider();
        var silo = provider.GetRequiredService<Silo>();
        await silo.StartAsync(CancellationToken.None);
        _silos.Add((silo.Address, provider));
        return silo.Address;
    }

    public IServiceProvider ServicesOf(SiloAddress silo) => _silos.Find(one => one.Address.Equals(silo)).Services;

    /// <summary>Ends the silo in the middle of what it does.</summary>
    public void Kill(SiloAddress silo)
    {
        var services = Take(silo);
        services.GetRequiredService<Silo>().Kill();
    }

    public async Task StopAsync(SiloAddress silo)
    {
        var services = Take(silo);
        await services.GetRequiredService<Silo>().StopAsync(CancellationToken.None);
    }

    private ServiceProvider Take(SiloAddress silo)
    {
        var index = _silos.FindIndex(one => one.Address.Equals(silo));
        var services = _silos[index].Services;
        _silos.RemoveAt(index);
        return services;
    }

    private ServiceProvider ClientServices()
    {
        if (_client is null)
        {
            var services = NewServices();
            EngineServices.AddClient(services, new ConfigurationBuilder().Build());
            _client = services.BuildServiceProvider();
            _client.GetRequiredService<ClientNode>().Start();
        }

        return _client;
    }

    private ServiceCollection NewServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IEngineScheduler>(simulation);
        services.AddSingleton<IEngineRandom>(simulation);
        services.AddSingleton<TimeProvider>(simulation.Time);
        services.AddSingleton(Shared);
        return services;
    }
}
