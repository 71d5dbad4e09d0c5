using Betar.Cluster.Tests.Support;
using Betar.Grains.Selling;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace Betar.Cluster.Tests.Selling;

/// <summary>64 copies of one paid request at once: one execution, one settlement, 64 equal answers.</summary>
public sealed class CopiesTests
{
    private const int Copies = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Copies_get_one_execution_and_one_answer(short silos)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Silos = silos });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        string[] answers = await ShowAsync(buyer, payment, Desks(world));

        await AssertOnceAsync(world, buyer, payment, executor, answers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Copies_after_a_restart_get_the_answer_from_before(short silos)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { Silos = silos });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        string before = Answers.Text(await buyer.PayAsync(payment));

        await world.RestartAsync();
        string[] answers = await ShowAsync(buyer, payment, Desks(world));

        await AssertOnceAsync(world, buyer, payment, executor, [before, .. answers]);
    }

    [Fact]
    public async Task Copies_of_a_task_that_fails_are_one_refund()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Failing("No."), new WorldOptions { Silos = 3 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        string[] answers = await ShowAsync(buyer, payment, Desks(world));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(world.Refunds.Address));
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    /// <summary>One desk at the client, and one on each silo.</summary>
    private static List<SalesDesk> Desks(World world) =>
    [
        world.Desk,
        .. world.Cluster.Silos.Select((SiloHandle silo) =>
            world.Cluster.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<SalesDesk>()),
    ];

    private static async Task<string[]> ShowAsync(TestBuyer buyer, PaidRequest payment, List<SalesDesk> desks)
    {
        X402Reply[] replies = await Task.WhenAll(Enumerable.Range(0, Copies).Select(
            copy => Task.Run(() => buyer.PayAsync(payment, desks[copy % desks.Count]))));
        return [.. replies.Select(Answers.Text)];
    }

    private static async Task AssertOnceAsync(World world, TestBuyer buyer, PaidRequest payment, TestExecutor executor, string[] answers)
    {
        Assert.Single(answers.Distinct());
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, executor.Starts);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        Assert.Equal((1_000_000 - World.Price, World.Price), (await buyer.BalanceAsync(), await world.Chain.BalanceAsync(world.PayTo)));
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.KindsAsync(buyer.KeyOf(payment)));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }
}
