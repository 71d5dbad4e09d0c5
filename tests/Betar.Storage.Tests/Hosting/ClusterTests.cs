using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.TestingHost;

namespace Betar.Storage.Tests.Hosting;

/// <summary>The database behind a real cluster: what grains write outlives their silo and the process.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task State_and_reminders_outlive_the_cluster()
    {
        await InClusterAsync(2, async cluster =>
        {
            var account = cluster.GrainFactory.GetGrain<IAccountGrain>("alice");
            Assert.Equal(5, await account.AddAsync(5));
            Assert.Null(await account.ReminderAsync());
            await account.RemindAsync();
        });
        await InClusterAsync(1, async cluster =>
        {
            var account = cluster.GrainFactory.GetGrain<IAccountGrain>("alice");
            Assert.Equal(5, await account.BalanceAsync());
            Assert.Equal("wake", await account.ReminderAsync());
            Assert.Equal(7, await account.AddAsync(2));
        });
    }

    [Fact]
    public Task State_outlives_a_silo_that_is_killed() => InClusterAsync(2, async cluster =>
    {
        var accounts = Enumerable.Range(0, 20).Select(number => cluster.GrainFactory.GetGrain<IAccountGrain>($"a{number}")).ToList();
        foreach (var account in accounts)
            await account.AddAsync(3);
        await cluster.KillSiloAsync(cluster.SecondarySilos[0]);
        foreach (var account in accounts)
            Assert.Equal(4, await account.AddAsync(1));
    });

    [Fact]
    public Task A_cleared_state_starts_anew() => InClusterAsync(1, async cluster =>
    {
        var account = cluster.GrainFactory.GetGrain<IAccountGrain>("alice");
        await account.AddAsync(3);
        await account.ClearAsync();
        Assert.Equal(0, await account.BalanceAsync());
        Assert.Equal(1, await account.AddAsync(1));
    });

    [Fact]
    public Task Grains_find_the_ledger_among_the_services() => InClusterAsync(2, async cluster =>
    {
        foreach (var silo in cluster.Silos)
        {
            var ledger = cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<ILedger>();
            Assert.Same(BetarSilo.Databases[folder.Database].Ledger, ledger);
            await ledger.TotalsAsync(default);
        }
    });

    private async Task InClusterAsync(short silos, Func<TestCluster, Task> act)
    {
        await using var database = BetarDatabase.Open(folder.Database);
        BetarSilo.Databases[folder.Database] = database;
        var builder = new TestClusterBuilder(silos);
        builder.Properties[BetarSilo.Setting] = folder.Database;
        builder.AddSiloBuilderConfigurator<BetarSilo>();
        await using var cluster = builder.Build();
        await cluster.DeployAsync();
        await act(cluster);
        await cluster.StopAllSilosAsync();
    }
}
