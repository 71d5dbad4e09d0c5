using System.Collections.Concurrent;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Buying;
using Betar.Grains.Hiring;
using Betar.Grains.Hosting;
using Betar.Grains.Trading;
using Betar.Grains.Workflows;
using Betar.Storage;
using Betar.Storage.Workflows;
using Betar.X402.Networks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Workflows on a cluster, a real table, and sellers that a test wrote. The table and the sellers outlive the cluster.</summary>
internal sealed class WorkflowWorld : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<string, WorkflowWorld> s_worlds = new();

    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly string _folder = Directory.CreateTempSubdirectory("betar-workflows-").FullName;
    private readonly BetarDatabase _database;
    private readonly short _silos;
    private readonly Action<WorkflowOptions>? _configure;
    private TestCluster _cluster = null!;

    private WorkflowWorld(short silos, Action<WorkflowOptions>? configure)
    {
        (_silos, _configure) = (silos, configure);
        _database = BetarDatabase.Open(Path.Combine(_folder, BetarDatabase.FileName), time: Clock);
        Table = new SwitchedWorkflowTable(_database.Workflows);
        s_worlds[_id] = this;
    }

    public ShiftedTime Clock { get; } = new();

    public SwitchedWorkflowTable Table { get; }

    public FakeTrader Trader { get; } = new();

    public static WorkflowWorld Find(string id) => s_worlds[id];

    public static async Task<WorkflowWorld> StartAsync(short silos = 1, Action<WorkflowOptions>? configure = null)
    {
        var world = new WorkflowWorld(silos, configure);
        await world.StartClusterAsync();
        return world;
    }

    public IWorkflowGrain Grain(string id) => _cluster.Client.GetGrain<IWorkflowGrain>(id);

    public async Task<WorkflowView> CreateAsync(string id, WorkflowDefinition definition)
    {
        Outcome<WorkflowView> created = await Grain(id).Create(definition);
        Assert.True(created.IsOk, created.Refusal?.Message);
        return created.Value;
    }

    /// <summary>Drives it until it has ended, as the recovery would.</summary>
    public async Task<WorkflowView> EndAsync(string id)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"Workflow {id} does not end.");
            if (await Grain(id).Get() is { HasEnded: true } && StoredWorkflow.Read((await Table.FindAsync(id, default))!.State).HasEnded)
                return (await Grain(id).Get())!;
            await Grain(id).Resume();
            await Task.Yield();
        }
    }

    public async Task<WorkflowView> RunAsync(string id, WorkflowDefinition definition)
    {
        await CreateAsync(id, definition);
        return await EndAsync(id);
    }

    /// <summary>All silos die without a goodbye, and others come. Sellers answer by then: the first thing that new silos do is to go on.</summary>
    public async Task RestartAsync()
    {
        foreach (SiloHandle silo in _cluster.Silos.Reverse().ToList())
            await _cluster.KillSiloAsync(silo);
        await _cluster.DisposeAsync();
        (Trader.Before, Trader.After) = (null, null);
        await StartClusterAsync();
    }

    public void Register(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IWorkflowTable>(Table);
        services.AddSingleton<ITrader>(Trader);
        services.AddSingleton<IAgentDirectory>(new FakeDirectory());
        services.AddBetarWorkflows();
        services.RemoveAll<IAgentMarkets>();
        services.AddSingleton<IWallets>(new TestWallets());
        services.AddSingleton(PaymentAssets.Default);
        services.AddSingleton(PaymentAsset.BaseSepoliaUsdc);
        services.Configure<WorkflowOptions>(options =>
        {
            options.RetryPause = TimeSpan.Zero;
            options.RecoveryInterval = TimeSpan.FromHours(1);
            _configure?.Invoke(options);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        s_worlds.TryRemove(_id, out _);
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartClusterAsync()
    {
        var builder = new TestClusterBuilder(_silos);
        builder.Properties[WorkflowSilo.Property] = _id;
        builder.AddSiloBuilderConfigurator<WorkflowSilo>();
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }
}
