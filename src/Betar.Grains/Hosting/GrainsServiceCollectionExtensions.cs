using Betar.Agents;
using Betar.Agents.DotNet;
using Betar.Agents.Llm;
using Betar.Agents.Secrets;
using Betar.Grains.Buying;
using Betar.Grains.Conversations;
using Betar.Grains.Hiring;
using Betar.Grains.Listings;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Grains.Trading;
using Betar.Grains.Workflows;
using Betar.Storage.Sessions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Grains.Hosting;

/// <summary>Everything that the fleet's grains are made of, for one silo.</summary>
public static class GrainsServiceCollectionExtensions
{
    /// <summary>
    /// A seller's silo. The caller brings what has one owner in the process: ILedger, IAgentTable, IOfferBook, IChainClient,
    /// SettlementAccounts, RefundAccount, RefundFloat, OfferTerms, AdmissionGate, ChallengeIssuer and PaymentVerifier.
    /// </summary>
    public static IServiceCollection AddBetarGrains(this IServiceCollection services)
    {
        services.AddBetarSettlement();
        services.TryAddSingleton<IFaultPoints, NoFaultPoints>();
        services.TryAddSingleton<ISessionLog, NoSessionLog>();
        services.TryAddSingleton(new ExecutorOptions());
        services.TryAddSingleton(LendToExecutors);
        services.TryAddSingleton<IExecutorFactory>(provider =>
            new ExecutorFactory(provider.GetRequiredService<ExecutorOptions>(), provider.GetRequiredService<ExecutorTools>()));
        services.TryAddSingleton<IExecutorPolicy, ExecutorPolicy>();
        services.TryAddSingleton<IPaymentSettling, OwnSettling>();
        services.TryAddSingleton<SettlementOutlook>();
        services.TryAddSingleton<PayerFunds>();
        services.TryAddSingleton<IListingDesk, ListingDesk>();
        services.TryAddSingleton<SalesDesk>();
        services.TryAddSingleton<IAgentMarkets, NoAgentMarkets>();
        services.AddOptions<PaymentOptions>()
            .Validate(options => options.PiecesBudget >= TimeSpan.FromSeconds(1) && options.PiecesBudget <= TimeSpan.FromMinutes(15), "PiecesBudget is not within 1 s to 15 min.");
        services.AddOptions<SellingOptions>()
            .Validate(options => options.PayerMemory >= TimeSpan.Zero && options.PayerMemory <= TimeSpan.FromHours(1), "PayerMemory is not within 0 to 1 h.")
            .Validate(options => options.BusyRetrySeconds is >= 1 and <= 3_600, "BusyRetrySeconds is not within 1 to 3,600.");
        services.AddOptions<ConversationOptions>()
            .Validate(options => options.MaxTurns is >= 1 and <= 1_000, "MaxTurns is not within 1 to 1,000.")
            .Validate(options => options.MaxBytes is >= 1 and <= 1_048_576, "MaxBytes is not within 1 to 1,048,576.")
            .Validate(options => options.MaxSummariesAtOnce is >= 0 and <= 1_000, "MaxSummariesAtOnce is not within 0 to 1,000.");
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, OrderRecovery>();
        return services;
    }

    /// <summary>A silo that only settles. The caller brings IChainClient and SettlementAccounts.</summary>
    public static IServiceCollection AddBetarSettlement(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IGasFees, FreeGas>();
        services.AddOptions<SettlementOptions>()
            .Validate(options => options.MaxBatch is >= 1 and <= SettlementOptions.MostInBatch, "MaxBatch is not within 1 to 64.")
            .Validate(options => options.MaxBatchGas is >= 400_000 and <= 16_777_216, "MaxBatchGas is not within 400,000 to 16,777,216.")
            .Validate(options => options.BatchWait >= TimeSpan.Zero && options.BatchWait <= TimeSpan.FromSeconds(10), "BatchWait is not within 0 to 10 s.");
        return services;
    }

    /// <summary>A buyer's silo. The caller brings ISellerChannel, IWallets, PaymentAssets and PaymentAsset.</summary>
    public static IServiceCollection AddBetarBuying(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PaymentMaker>();
        services.TryAddSingleton<IFaultPoints, NoFaultPoints>();
        services.TryAddSingleton<ISessionLog, NoSessionLog>();
        services.AddOptions<BuyingOptions>()
            .Validate(options => options.PiecesTimeout >= TimeSpan.FromSeconds(1) && options.PiecesTimeout <= TimeSpan.FromMinutes(15), "PiecesTimeout is not within 1 s to 15 min.");
        return services;
    }

    /// <summary>Buying for whoever works on this node. The caller brings what <see cref="AddBetarBuying"/> needs, and IAgentDirectory, IContactReports and BuyingWallet.</summary>
    public static IServiceCollection AddBetarTrading(this IServiceCollection services)
    {
        services.AddBetarBuying();
        services.TryAddSingleton<ITrader, Trader>();
        services.TryAddSingleton<IAgentMarkets, AgentMarkets>();
        services.AddOptions<HiringOptions>()
            .Validate(options => options.MaxDepth is >= 1 and <= 16, "MaxDepth is not within 1 to 16.")
            .Validate(options => options.MaxHires is >= 1 and <= 1_000, "MaxHires is not within 1 to 1,000.")
            .Validate(options => options.MaxOffers is >= 1 and <= 100, "MaxOffers is not within 1 to 100.");
        return services;
    }

    /// <summary>Workflows. The caller brings what <see cref="AddBetarTrading"/> needs, and IWorkflowTable.</summary>
    public static IServiceCollection AddBetarWorkflows(this IServiceCollection services)
    {
        services.AddBetarTrading();
        services.AddOptions<WorkflowOptions>()
            .Validate(options => options.Kept is >= 10 and <= 1_000_000, "Kept is not within 10 to 1,000,000.")
            .Validate(options => options.MaxTasks is >= 1 and <= 10_000, "MaxTasks is not within 1 to 10,000.")
            .Validate(options => options.MaxDepth is >= 1 and <= 64, "MaxDepth is not within 1 to 64.")
            .Validate(options => options.MaxText is >= 1_000 and <= 10_000_000, "MaxText is not within 1,000 to 10,000,000.")
            .Validate(options => options.MaxParallel is >= 1 and <= 256, "MaxParallel is not within 1 to 256.")
            .Validate(options => options.RetryPause >= TimeSpan.Zero && options.RetryPause <= TimeSpan.FromHours(1), "RetryPause is not within 0 to 1 h.")
            .Validate(options => options.Repeats is >= 0 and <= 20, "Repeats is not within 0 to 20.")
            .Validate(options => options.RecoveryInterval >= TimeSpan.FromSeconds(1) && options.RecoveryInterval <= TimeSpan.FromDays(1), "RecoveryInterval is not within 1 s to 1 day.");
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, WorkflowRecovery>();
        return services;
    }

    /// <summary>What the node has registered, and what is good without it.</summary>
    private static ExecutorTools LendToExecutors(IServiceProvider provider) => new()
    {
        Time = provider.GetRequiredService<TimeProvider>(),
        Secrets = provider.GetService<ISecretSource>() ?? new EnvironmentSecrets(),
        Handlers = provider.GetService<DotNetHandlers>() ?? new DotNetHandlers(),
        Llm = provider.GetService<LlmDefaults>() ?? new LlmDefaults(),
        Models = provider.GetService<Func<ModelEndpoint, IChatClient>>(),
        Loggers = provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
    };
}
