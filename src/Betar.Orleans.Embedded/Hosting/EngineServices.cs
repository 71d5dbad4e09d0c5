using Betar.Orleans.Embedded;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>The services of silos and clients.</summary>
internal static class EngineServices
{
    public static ISiloBuilder AddSilo(IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(static service => service.ServiceType == typeof(Silo)))
            return new SiloBuilder(services, configuration);
        AddCommon(services);
        services.AddSingleton(NewSilo);
        services.AddSingleton<CallNode>(static provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<ILocalSiloDetails>(static provider => provider.GetRequiredService<Silo>());
        services.AddSingleton<IGrainRuntime>(static provider => provider.GetRequiredService<Silo>().Runtime);
        services.AddSingleton<ITimerRegistry>(static provider => provider.GetRequiredService<Silo>().Runtime.TimerRegistry);
        services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
        services.AddSingleton<IConfigurationValidator, EngineOptionsValidator>();
        services.AddSingleton<IConfigurationValidator, ManifestCheck>();
        services.AddHostedService<SiloHostedService>();
        return new SiloBuilder(services, configuration);
    }

    public static IClientBuilder AddClient(IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(static service => service.ServiceType == typeof(ClientNode)))
            return new ClientBuilder(services, configuration);
        AddCommon(services);
        services.AddSingleton(static provider =>
            new ClientNode(provider, ClusterOfClient(provider), provider.GetRequiredService<IOptions<ClientMessagingOptions>>()));
        services.AddSingleton<CallNode>(static provider => provider.GetRequiredService<ClientNode>());
        services.AddHostedService<ClientHostedService>();
        return new ClientBuilder(services, configuration);
    }

    private static void AddCommon(IServiceCollection services)
    {
        services.AddLogging();
        services.AddOptions();
        services.AddSerializer();
        services.TryAddSingleton<ManifestValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IEngineScheduler, ThreadPoolEngineScheduler>();
        services.TryAddSingleton<IEngineRandom, CryptoEngineRandom>();
        services.AddSingleton(new ServiceLifetimes(services));
        services.AddSingleton<CallNodeHolder>();
        services.AddSingleton<GrainTypes>();
        services.AddSingleton<GrainReferences>();
        services.AddSingleton<IAddressableBridge, AddressableBridge>();
        services.AddSingleton<IClusterClient, ClusterClient>();
        services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<IClusterClient>());
    }

    private static Silo NewSilo(IServiceProvider provider)
    {
        var endpoint = provider.GetRequiredService<IOptions<EndpointOptions>>().Value;
        var clusterOptions = provider.GetRequiredService<IOptions<ClusterOptions>>();
        var local = provider.GetRequiredService<IOptions<LocalClusterOptions>>().Value;
        var primary = local.PrimaryPort == 0 ? endpoint.SiloPort : local.PrimaryPort;
        var cluster = provider.GetService<InProcessCluster>()
            ?? InProcessCluster.OfSilo(clusterOptions.Value.ServiceId, clusterOptions.Value.ClusterId, primary, endpoint.GatewayPort);
        var address = cluster.NewSiloAddress(endpoint.SiloPort);
        return new Silo(
            provider,
            cluster,
            address,
            provider.GetRequiredService<IOptions<SiloOptions>>().Value.SiloName ?? $"Silo_{address.Endpoint.Port}_{address.Generation}",
            provider.GetRequiredService<IOptions<SiloMessagingOptions>>(),
            clusterOptions,
            provider.GetRequiredService<IOptions<GrainCollectionOptions>>());
    }

    private static InProcessCluster ClusterOfClient(IServiceProvider provider)
    {
        if (provider.GetService<InProcessCluster>() is { } cluster)
            return cluster;
        var options = provider.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var local = provider.GetRequiredService<IOptions<LocalClusterOptions>>().Value;
        var port = local.GatewayPort == 0 ? EndpointOptions.DEFAULT_GATEWAY_PORT : local.GatewayPort;
        return InProcessCluster.OfClient(options.ServiceId, options.ClusterId, port)
            ?? throw new SiloUnavailableException(
                $"No silo of the cluster \"{options.ClusterId}\" with the gateway port {port} runs in this process. The embedded engine has clients and silos in one process.");
    }
}
