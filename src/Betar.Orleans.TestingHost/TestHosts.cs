using Betar.Orleans.Embedded;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Makes the hosts of silos and clients.</summary>
internal static class TestHosts
{
    public static IHost NewSilo(TestClusterOptions options, IConfiguration configuration, InProcessCluster cluster, string name, int port)
    {
        var builder = NewBuilder(configuration, cluster);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (options.ClusterId, options.ServiceId));
            silo.Configure<SiloOptions>(own => own.SiloName = name);
            silo.Configure<EndpointOptions>(own => own.SiloPort = port);
            foreach (var configurator in New(options.SiloBuilderConfiguratorTypes).OfType<ISiloConfigurator>())
                configurator.Configure(silo);
        });
        foreach (var configurator in New(options.SiloBuilderConfiguratorTypes).OfType<IHostConfigurator>())
            configurator.Configure(builder);
        return builder.Build();
    }

    public static IHost NewClient(TestClusterOptions options, IConfiguration configuration, InProcessCluster cluster)
    {
        var builder = NewBuilder(configuration, cluster);
        builder.UseOrleansClient((context, client) =>
        {
            client.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (options.ClusterId, options.ServiceId));
            foreach (var configurator in New(options.ClientBuilderConfiguratorTypes).OfType<IClientBuilderConfigurator>())
                configurator.Configure(context.Configuration, client);
        });
        foreach (var configurator in New(options.ClientBuilderConfiguratorTypes).OfType<IHostConfigurator>())
            configurator.Configure(builder);
        return builder.Build();
    }

    private static IHostBuilder NewBuilder(IConfiguration configuration, InProcessCluster cluster) => new HostBuilder()
        // As a host of a developer does: a service that cannot be made is found at the start, and not when somebody first asks for it.
        .UseDefaultServiceProvider(services => (services.ValidateOnBuild, services.ValidateScopes) = (true, true))
        .ConfigureHostConfiguration(host => host.AddConfiguration(configuration))
        .ConfigureServices(services =>
        {
            services.AddSingleton(cluster);
            services.AddSingleton<IHostLifetime, TestLifetime>();
        });

    private static IEnumerable<object> New(IEnumerable<string> types) =>
        types.Select(static type => Activator.CreateInstance(Type.GetType(type, throwOnError: true)!)!);

    /// <summary>A silo of a test ends when the test says so, not by a signal.</summary>
    private sealed class TestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
