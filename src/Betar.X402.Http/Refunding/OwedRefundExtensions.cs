using Betar.Crypto;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Selling;
using Betar.X402.Settling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Refunding;

/// <summary>Has a server pay back by itself what it owes.</summary>
public static class OwedRefundExtensions
{
    /// <param name="services">Where the debts (<see cref="IOwedPayments"/>), <see cref="IChains"/> and <see cref="ISettlementChannel"/> are registered.</param>
    /// <param name="account">The key of the account whose tokens refunds are made of; the caller's to dispose.</param>
    /// <param name="assets">The tokens in which it pays.</param>
    /// <param name="options">When.</param>
    public static IServiceCollection AddOwedRefunds(this IServiceCollection services, PrivateKey account, PaymentAssets assets, OwedRefundOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(found => new OwedRefunds(
            found.GetRequiredService<IOwedPayments>(), found.GetRequiredService<ISettlementChannel>(), found.GetRequiredService<IChains>(), account, assets, options,
            found.GetService<TimeProvider>() ?? TimeProvider.System));
        services.AddHostedService(found => new OwedRefundService(
            found.GetRequiredService<OwedRefunds>(), found.GetService<TimeProvider>() ?? TimeProvider.System, found.GetRequiredService<ILogger<OwedRefundService>>()));
        return services;
    }
}
