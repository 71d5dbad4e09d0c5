using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>Work that failed is done again as its agent wants it; then the money goes back.</summary>
public sealed class FailedWorkTests
{
    [Fact]
    public async Task It_is_done_again_and_delivered_and_paid_once()
    {
        await using World world = await StartAsync(retries: 2, failures: 2);
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(payment), "at last");

        Assert.Equal(3, _executor.Starts);
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(1_000_000 - World.Price, await buyer.BalanceAsync());
        Assert.Equal([10, 20], world.Clock.Waits.Where(wait => wait.TotalMilliseconds is 10 or 20).Select(wait => (int)wait.TotalMilliseconds));
    }

    [Theory]
    [InlineData(0, true, 1)]
    [InlineData(2, true, 3)]
    [InlineData(2, false, 1)]
    public async Task It_is_done_so_often_and_no_more_and_only_where_it_may_be_repeated(int retries, bool idempotent, int starts)
    {
        await using World world = await StartAsync(retries, failures: 9, idempotent);
        TestBuyer buyer = await world.BuyerAsync();
        Assert.StartsWith("No. The payment was refunded in 0x", Answers.Refused(await buyer.BuyAsync(), StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Equal((starts, 1_000_000ul), (_executor.Starts, await buyer.BalanceAsync()));
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }

    [Fact]
    public async Task It_is_not_done_again_when_the_streams_budget_would_not_last()
    {
        await using World world = await StartAsync(retries: 9, failures: 9, pause: TimeSpan.FromSeconds(10), budget: TimeSpan.FromSeconds(9));
        TestBuyer buyer = await world.BuyerAsync();
        Assert.Contains("refunded in 0x", Answers.Refused(await buyer.BuyAsync(), StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Equal(1, _executor.Starts);
    }

    [Fact]
    public async Task A_silo_that_dies_between_two_tries_leaves_an_order_that_ends()
    {
        await using World world = await StartAsync(retries: 1, failures: 1);
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Task reached = world.Faults.HangOnce(Grains.Payments.FaultPoint.AfterExecute);
        Task<X402Reply> lost = buyer.PayAsync(payment);
        await reached;
        await world.RestartAsync();
        world.Faults.Release();
        Assert.True(Assert.IsType<X402Error>(await lost).Retryable);

        Answers.Delivered(await buyer.PayAsync(payment), "at last");
        Assert.Equal((2, 1), (_executor.Starts, await world.Chain.TransfersOfAsync(buyer.Address)));
    }

    private TestExecutor _executor = null!;

    private async Task<World> StartAsync(int retries, int failures, bool idempotent = true, TimeSpan? pause = null, TimeSpan? budget = null)
    {
        _executor = new TestExecutor((_, _) => Task.FromResult(
            _executor.Starts > failures ? ExecutionOutcome.Ok("at last") : ExecutionOutcome.Failed("No."))) { IsIdempotent = idempotent };
        World world = await World.StartAsync(new WorldOptions
        {
            TaskRetryPause = pause ?? TimeSpan.FromMilliseconds(10), StreamBudget = budget ?? TimeSpan.FromMinutes(5),
        });
        world.Executors.Add("work", _executor);
        await world.DeclareAsync(World.Spec(world) with { Retries = retries });
        return world;
    }
}
