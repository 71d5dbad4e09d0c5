using System.Collections.Concurrent;
using Betar.Agents;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.Grains.Fleet;
using Betar.Grains.Hosting;
using Betar.Grains.Listings;
using Betar.Grains.Payments;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Storage;
using Betar.Storage.Agents;
using Betar.Storage.Ledger;
using Betar.X402.Challenges;
using Betar.X402.Networks;
using Betar.X402.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Support;

/// <summary>A seller's fleet on a cluster, the chain that it settles on, and everybody's keys. What is kept outlives the cluster.</summary>
internal sealed class World : IAsyncDisposable
{
    public const ulong Price = 1_000;
    public const string Agent = "did:test:agent";

    private static readonly ConcurrentDictionary<string, World> s_worlds = new();

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly string _folder;
    private readonly ChallengeOptions _challengeOptions = new();
    private readonly PrivateKey _settlerKey = PrivateKey.Generate();
    private readonly IReadOnlyList<PrivateKey> _moreSettlers;
    private readonly PrivateKey _refundKey = PrivateKey.Generate();
    private readonly PrivateKey _payeeKey = PrivateKey.Generate();
    private ChallengeKeyRing _ring;
    private TestCluster? _cluster;

    private World(WorldOptions options)
    {
        Options = options;
        _folder = Directory.CreateTempSubdirectory("betar-world-").FullName;
        _ring = ChallengeKeyRing.Create(_challengeOptions, Clock);
        Database = BetarDatabase.Open(Path.Combine(_folder, BetarDatabase.FileName), time: Clock);
        Ledger = new WatchedLedger(Database.Ledger);
        Agents = new SwitchedAgentTable(Database.Agents);
        Refunds = new RefundAccount(_refundKey, PaymentAssets.Default);
        Settlement = new SettlementAccount(PaymentAsset.BaseSepoliaUsdc.Network, _settlerKey);
        _moreSettlers = [.. Enumerable.Range(1, Options.Settlers - 1).Select(_ => PrivateKey.Generate())];
        PayTo = Address.FromKey(_payeeKey);
    }

    public WorldOptions Options { get; }

    public ShiftedTime Clock { get; } = new();

    public TestChain Chain { get; private set; } = null!;

    /// <summary>What stands between the silos and the chain.</summary>
    public DelegatingChain Between { get; private set; } = null!;

    public BetarDatabase Database { get; }

    public WatchedLedger Ledger { get; }

    public SwitchedAgentTable Agents { get; }

    public StorageSwitch Storage { get; } = new();

    public OfferBook Offers { get; private set; } = new();

    /// <summary>Closed, until a test gives it a marketplace.</summary>
    public ListingDesk Listings { get; } = new(TimeProvider.System);

    public TestExecutors Executors { get; } = new();

    public TestFaultPoints Faults { get; } = new();

    public SwitchedChannel Sellers { get; } = new();

    public TestWallets Wallets { get; } = new();

    public RefundAccount Refunds { get; }

    public SettlementAccount Settlement { get; }

    /// <summary>The settlement account, and as many more as the options want.</summary>
    public SettlementAccounts Settlers => new([Settlement, .. _moreSettlers.Select(key => new SettlementAccount(Settlement.Network, key))]);

    public RefundFloat Float { get; private set; } = null!;

    public Address PayTo { get; }

    public TestCluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster is down.");

    public IGrainFactory Grains => Cluster.Client;

    /// <summary>A desk outside of the silos, as a gateway process would have one.</summary>
    public SalesDesk Desk { get; private set; } = null!;

    public IFleetGrain Fleet => Grains.GetGrain<IFleetGrain>(IFleetGrain.Key);

    public static World Find(string id) => s_worlds[id];

    public static async Task<World> StartAsync(WorldOptions? options = null)
    {
        var world = new World(options ?? new WorldOptions());
        s_worlds[world._id] = world;
        world.Chain = await TestChain.OpenAsync(Path.Combine(world._folder, "chain"), world.Clock, TimeSpan.FromSeconds(10));
        world.Between = new DelegatingChain(world.Chain.Client);
        if (world.Options.RefundFloat > 0)
            await world.Chain.FundAsync(world.Refunds.Address, world.Options.RefundFloat);
        world.Float = new RefundFloat(world.Chain.Token, world.Refunds, world.Ledger, world.Clock, NullLogger<RefundFloat>.Instance);
        await world.Float.RefreshAsync();
        await world.StartClusterAsync();
        return world;
    }

    /// <summary>A world with one agent whose executor counts.</summary>
    public static async Task<(World World, TestExecutor Executor)> WithAgentAsync(TestExecutor executor, WorldOptions? options = null)
    {
        World world = await StartAsync(options);
        world.Executors.Add("work", executor);
        await world.DeclareAsync(Spec(world));
        return (world, executor);
    }

    public static AgentSpec Spec(World world, string id = Agent, ulong price = Price) => new()
    {
        AgentId = id,
        Name = id,
        PriceAtomic = $"{price}",
        PayTo = world.PayTo.ToString(),
        ExecutorKind = TestExecutors.Kind,
        ExecutorTarget = "work",
    };

    public async Task DeclareAsync(AgentSpec spec)
    {
        Outcome<AgentSpec> declared = await Fleet.Declare(spec);
        Assert.True(declared.IsOk, declared.Refusal?.Message);
    }

    public async Task<TestBuyer> BuyerAsync(string peer = "peer-a", ulong funds = 1_000_000)
    {
        Address address = Wallets.Add();
        if (funds > 0)
            await Chain.FundAsync(address, funds);
        return new TestBuyer(this, Wallets.Find(address)!, peer);
    }

    public async Task StartClusterAsync()
    {
        var builder = new TestClusterBuilder(Options.Silos);
        builder.Properties[WorldSilo.Property] = _id;
        builder.AddSiloBuilderConfigurator<WorldSilo>();
        TestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        _cluster = cluster;
        Desk = NewDesk();
    }

    /// <summary>Ends all silos without a goodbye.</summary>
    public async Task KillClusterAsync()
    {
        foreach (SiloHandle silo in Cluster.Silos.Reverse().ToList())
            await Cluster.KillSiloAsync(silo);
        await Cluster.DisposeAsync();
        _cluster = null;
    }

    /// <summary>All silos die; new ones start on the same database, with the offers that its agent table has.</summary>
    public async Task RestartAsync()
    {
        await KillClusterAsync();
        await ReloadOffersAsync();
        await StartClusterAsync();
    }

    /// <summary>The quotes' keys are gone, as in a process that lost them.</summary>
    public void ForgetQuotes()
    {
        _ring = ChallengeKeyRing.Create(_challengeOptions, Clock);
        _ring.Rotate();
        Desk = NewDesk();
    }

    /// <summary>Somebody else who holds the settlement account's key.</summary>
    public Task<TransactionReceipt> SendFromSettlerAsync(ContractCall call) => Chain.SendAsync(call, _settlerKey);

    /// <summary>Somebody else who holds the refund account's key.</summary>
    public Task<TransactionReceipt> SendFromRefundsAsync(ContractCall call) => Chain.SendAsync(call, _refundKey);

    public SalesDesk NewDesk(bool allowFirstUse = false)
    {
        var challenges = new ChallengeIssuer(_ring, _challengeOptions, Clock);
        var selling = new OptionsWrapper<SellingOptions>(
            new SellingOptions { RequireSettlement = Options.RequireSettlement, RequirePayerFunds = Options.RequirePayerFunds });
        return new SalesDesk(
            Grains, Offers, Ledger, Terms(), challenges,
            new PaymentVerifier(challenges, new VerificationOptions { AllowFirstUse = allowFirstUse }), Float,
            new SettlementOutlook(Between, Options.Settling ?? new OwnSettling(Options.Fees ?? new FreeGas()), Clock.Jumping, NullLogger<SettlementOutlook>.Instance), new PayerFunds(Between, PaymentAsset.BaseSepoliaUsdc, selling, Clock.Jumping),
            new AdmissionGate(), selling, Clock, NullLogger<SalesDesk>.Instance);
    }

    public void Register(IServiceCollection services)
    {
        var challenges = new ChallengeIssuer(_ring, _challengeOptions, Clock);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ILedger>(Ledger);
        services.AddBetarStorage("kept", Database);
        services.AddKeyedSingleton<IGrainStorage>(
            BetarStorage.Name, (provider, _) => Storage.Over(provider.GetRequiredKeyedService<IGrainStorage>("kept")));
        services.AddSingleton<IAgentTable>(Agents);
        services.AddSingleton<IOfferBook>(Offers);
        services.AddSingleton<IListingDesk>(Listings);
        services.AddSingleton<IChainClient>(Between);
        services.AddSingleton(PaymentAsset.BaseSepoliaUsdc);
        services.AddSingleton(PaymentAssets.Default);
        services.AddSingleton(Settlers);
        if (Options.Fees is { } fees)
            services.AddSingleton(fees);
        if (Options.Settling is { } settling)
            services.AddSingleton(settling);
        services.AddSingleton(Refunds);
        services.AddSingleton(Float);
        services.AddSingleton(new SellerIdentity("seller"));
        services.AddSingleton<OfferTerms>();
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton(challenges);
        services.AddSingleton(new PaymentVerifier(challenges, new VerificationOptions()));
        services.AddSingleton<IExecutorFactory>(Executors);
        services.AddSingleton<IFaultPoints>(provider => new SiloFaultPoints(Faults, provider.GetRequiredService<ILocalSiloDetails>()));
        services.AddSingleton<ISellerChannel>(Sellers);
        services.AddSingleton<IWallets>(Wallets);
        services.AddBetarGrains();
        services.AddBetarBuying();
        Configure(services);
    }

    public async ValueTask DisposeAsync()
    {
        Faults.Release();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        s_worlds.TryRemove(_id, out _);
        await Chain.DisposeAsync();
        await Database.DisposeAsync();
        _ring.Dispose();
        Wallets.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private OfferTerms Terms() => new(
        new SellerIdentity("seller"), PaymentAsset.BaseSepoliaUsdc, new OptionsWrapper<SellingOptions>(new SellingOptions()));

    private void Configure(IServiceCollection services)
    {
        services.Configure<PaymentOptions>(options =>
        {
            options.RecoveryInterval = Options.RecoveryInterval;
            options.RetryCeiling = Options.RetryCeiling;
            options.RecoveryConcurrency = Options.RecoveryConcurrency;
            options.StreamBudget = Options.StreamBudget;
            options.PiecesBudget = Options.PiecesBudget;
            options.TaskRetryPause = Options.TaskRetryPause;
            options.RestBeforeLeaving = Options.RestBeforeLeaving;
        });
        services.Configure<SettlementOptions>(options =>
        {
            options.ReceiptTimeout = Options.ReceiptTimeout;
            options.Confirmations = Options.Confirmations;
            options.ConfirmationTimeout = Options.ConfirmationTimeout;
            options.ConfirmationInterval = TimeSpan.FromMilliseconds(10);
            (options.MaxBatch, options.BatchWait) = (Options.MaxBatch, TimeSpan.FromSeconds(10));
        });
        services.Configure<BuyingOptions>(options =>
        {
            options.AnswerTimeout = Options.AnswerTimeout;
            options.Repeats = Options.Repeats;
            options.RepeatPause = TimeSpan.FromMilliseconds(10);
        });
    }

    private async Task ReloadOffersAsync()
    {
        Offers = new OfferBook();
        await foreach (AgentTableRow row in Database.Agents.ReadAllAsync(default))
            Offers.Put(AgentRow.Decode(row.Spec));
    }
}
