using Betar.Libp2p.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Betar.Libp2p;

public static class Libp2pServiceCollectionExtensions
{
    /// <summary>A host that starts and stops with the application.</summary>
    public static IServiceCollection AddLibp2p(this IServiceCollection services, Action<IServiceProvider, Libp2pHostBuilder> configure)
    {
        services.AddSingleton(provider =>
        {
            var builder = Libp2pHost.CreateBuilder();
            if (provider.GetService<ILoggerFactory>() is { } loggers)
                builder.WithLogging(loggers);
            if (provider.GetService<TimeProvider>() is { } time)
                builder.WithTime(time);
            configure(provider, builder);
            return builder.Build();
        });
        services.AddSingleton<IHostedService, Libp2pHostedService>();
        return services;
    }
}
