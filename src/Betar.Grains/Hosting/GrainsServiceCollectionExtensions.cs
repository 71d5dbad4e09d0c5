using Betar.Agents;
using Betar.Ethereum;
using Betar.Grains.Buying;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Betar.Grains.Hosting;

/// <summary>Everything that the fleet's grains are made of, for one silo.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>
    /// The caller brings what has one owner in the process: ILedger, IAgentTable, IOfferBook, IChainClient, SettlementAccount,
    /// RefundAccount, RefundFloat, ChallengeIssuer, PaymentAssets and, to buy, ISellerChannel and IWallets.
    /// </summary>
    public static IServiceCollection AddBetarGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IFaultPoints, NoFaultPoints>();
        services.TryAddSingleton(new ExecutorOptions());
        services.TryAddSingleton<IExecutorFactory, ExecutorFactory>();
        services.TryAddSingleton<IExecutorPolicy, ExecutorPolicy>();
        services.TryAddSingleton<PaymentMaker>();
        services.TryAddSingleton<SalesDesk>();
        services.AddOptions<PaymentOptions>();
        services.AddOptions<SettlementOptions>();
        services.AddOptions<BuyingOptions>();
        services.AddOptions<SellingOptions>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OrderRecovery>();
        return services;
    }
}
