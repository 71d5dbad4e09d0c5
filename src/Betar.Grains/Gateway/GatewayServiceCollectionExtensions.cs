using Betar.Storage.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Gateway;

/// <summary>What makes a silo one that can be the gateway.</summary>
public static class GatewayServiceCollectionExtensions
{
    /// <summary>The caller brings ILeaseStore, which all silos share, and this silo's IFleetPresence.</summary>
    public static IServiceCollection AddBetarGateway(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<GatewayOptions>().Validate(options => options.Faults() is not { Count: > 0 } faults ? true : throw new OptionsValidationException(
            nameof(GatewayOptions), typeof(GatewayOptions), faults));
        services.AddSingleton<GatewayHolder>();
        services.AddSingleton(provider => new GatewayKeeper(
            provider.GetRequiredService<IGrainFactory>(), provider.GetRequiredService<ILeaseStore>(), provider.GetRequiredService<GatewayHolder>(),
            provider.GetRequiredService<IOptions<GatewayOptions>>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<GatewayKeeper>>()));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<GatewayKeeper>());
        return services;
    }
}
