using Betar.Ethereum.Keys;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Settling;
using Microsoft.Extensions.DependencyInjection;

namespace Betar.X402.Http.Claiming;

/// <summary>Has a server claim its channels by itself.</summary>
public static class ChannelClaimExtensions
{
    /// <param name="services">Where the book (<see cref="IChannelClaims"/>), <see cref="IChains"/> and <see cref="ISettlementChannel"/> are registered.</param>
    /// <param name="authorizer">The key of the channels' receiverAuthorizer.</param>
    /// <param name="options">When and how much.</param>
    public static IServiceCollection AddChannelClaims(this IServiceCollection services, ISigner authorizer, ChannelClaimOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(found => new ChannelClaimer(
            found.GetRequiredService<IChannelClaims>(), found.GetRequiredService<IChains>(), found.GetRequiredService<ISettlementChannel>(), authorizer, options,
            found.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddHostedService(found => new ChannelClaimService(
            found.GetRequiredService<ChannelClaimer>(), found.GetService<TimeProvider>() ?? TimeProvider.System,
            found.GetRequiredService<Microsoft.Extensions.Logging.ILogger<ChannelClaimService>>()));
        return services;
    }
}
