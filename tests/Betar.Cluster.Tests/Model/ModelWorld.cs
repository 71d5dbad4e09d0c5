using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Grains.Hosting;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Storage.Agents;
using Betar.Storage.Ledger;
using Betar.X402.Networks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Model;

/// <summary>The real grains on a real silo, over the model's chain and a ledger in memory, so that a step costs microseconds.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    public const int Confirmations = 3;
    public const string Repeatable = "did:model:repeatable";
    public const string Careful = "did:model:careful";

    private const string Property = "ModelWorld";
    private static readonly ConcurrentDictionary<string, ModelWorld> s_worlds = new();

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly PrivateKey _settler = PrivateKey.Generate();
    private readonly PrivateKey _refund = PrivateKey.Generate();
    private TestCluster _cluster = null!;

    private ModelWorld()
    {
        Refunds = new RefundAccount(_refund, PaymentAssets.Default);
        Chain = new ModelChain(PaymentAsset.BaseSepoliaUsdc.Address, () => (ulong)Clock.GetUtcNow().ToUnixTimeSeconds(), account => account == Refunds.Address);
    }

    public ShiftedTime Clock { get; } = new();

    public ModelChain Chain { get; }

    public MemoryLedger Ledger { get; } = new();

    public RefundAccount Refunds { get; }

    public TestFaultPoints Faults { get; } = new();

    public ModelFees Fees { get; } = new();

    public PrivateKey Stranger { get; } = PrivateKey.Generate();

    public ConcurrentDictionary<string, int> Starts { get; } = new();

    public Address PayTo { get; } = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<ModelWorld> StartAsync()
    {
        var world = new ModelWorld();
        s_worlds[world._id] = world;
        var builder = new TestClusterBuilder(1);
        builder.Properties[Property] = world._id;
        builder.AddSiloBuilderConfigurator<Silo>();
        world._cluster = builder.Build();
        await world._cluster.DeployAsync();
        foreach (string agent in new[] { Repeatable, Careful })
            Assert.True((await world.Grains.GetGrain<IFleetGrain>(IFleetGrain.Key).Declare(new AgentSpec
            {
                AgentId = agent, Name = agent[10..], PriceAtomic = "1000", PayTo = world.PayTo.ToString(),
                ExecutorKind = "model", ExecutorTarget = agent, MayRetry = agent == Repeatable,
            })).IsOk);
        return world;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        s_worlds.TryRemove(_id, out _);
        _settler.Dispose();
        _refund.Dispose();
        Stranger.Dispose();
    }

    private void Register(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ILedger>(Ledger);
        services.AddSingleton<IAgentTable>(new MemoryAgentTable());
        services.AddSingleton<IOfferBook>(new OfferBook());
        services.AddSingleton<IChainClient>(Chain);
        services.AddSingleton(PaymentAsset.BaseSepoliaUsdc);
        services.AddSingleton<IGasFees>(Fees);
        services.AddSingleton(new SettlementAccounts([new SettlementAccount(PaymentAsset.BaseSepoliaUsdc.Network, _settler)]));
        services.AddSingleton(Refunds);
        services.AddSingleton<IExecutorFactory>(new Executors(Starts));
        services.AddSingleton<IFaultPoints>(provider => new SiloFaultPoints(Faults, provider.GetRequiredService<ILocalSiloDetails>()));
        services.AddBetarGrains();
        services.RemoveAll<SalesDesk>();
        services.Configure<PaymentOptions>(options => options.RecoveryInterval = TimeSpan.FromHours(1));
        services.Configure<SettlementOptions>(options => (options.Confirmations, options.ConfirmationTimeout) = (Confirmations, TimeSpan.Zero));
    }

    private sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => s_worlds[siloBuilder.Configuration[Property]!].Register(siloBuilder.Services);
    }

    /// <summary>Does what the task says, and counts.</summary>
    private sealed class Executors(ConcurrentDictionary<string, int> starts) : IExecutorFactory
    {
        public IExecutor Create(ExecutorSpec spec) => new TestExecutor((request, _) =>
        {
            starts.AddOrUpdate(request.Input, 1, (_, count) => count + 1);
            return Task.FromResult(request.Input.StartsWith("ok", StringComparison.Ordinal) ? ExecutionOutcome.Ok(request.Input) : ExecutionOutcome.Failed("No."));
        }) { IsIdempotent = spec.Target == Repeatable };
    }
}
