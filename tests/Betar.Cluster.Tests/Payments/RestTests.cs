using Betar.Cluster.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using Orleans;
using Orleans.Runtime;

namespace Betar.Cluster.Tests.Payments;

/// <summary>What has come to an end does not stay in memory.</summary>
public sealed class RestTests
{
    private static readonly WorldOptions s_short = new() { RestBeforeLeaving = TimeSpan.FromMilliseconds(20) };

    [Fact]
    public async Task A_payment_that_has_ended_leaves_memory()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), s_short);
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Delivered(await buyer.BuyAsync(), "did: work");
        await UntilThereAreAsync(world, 0);
    }

    [Fact]
    public async Task A_payment_that_was_not_taken_leaves_memory_too()
    {
        var gate = new TaskCompletionSource();
        World world = await World.StartAsync(s_short);
        await using World _ = world;
        world.Executors.Add("work", TestExecutor.Gated(gate.Task));
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });
        TestBuyer first = await world.BuyerAsync(), second = await world.BuyerAsync("peer-b");
        PaidRequest taken = await first.SignAsync(), refused = await second.SignAsync();
        Task settled = world.Ledger.Next(LedgerKind.Settled);
        Task<X402Reply> working = first.PayAsync(taken);
        await settled;
        Answers.Refused(await second.PayAsync(refused), StreamErrorCode.Busy);

        await UntilThereAreAsync(world, 1);
        gate.SetResult();
        Answers.Delivered(await working, "did: work");
    }

    private static async Task UntilThereAreAsync(World world, int sessions)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await CountAsync(world) != sessions)
            limit.Token.ThrowIfCancellationRequested();
    }

    private static async Task<int> CountAsync(World world) => (await world.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
        .Where(grain => grain.GrainType.Contains("PaymentSession", StringComparison.OrdinalIgnoreCase)).Sum(grain => grain.ActivationCount);
}
