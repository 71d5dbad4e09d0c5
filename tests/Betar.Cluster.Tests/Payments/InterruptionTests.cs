using Betar.Cluster.Tests.Support;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>A fault at each named place, and the buyer's repeat after it.</summary>
public sealed class InterruptionTests
{
    /// <summary>Point, idempotent, delivered in the end, starts of the executor.</summary>
    public static TheoryData<string, bool, bool, int> Interruptions => new()
    {
        { FaultPoint.BeforeReserve, false, true, 1 },
        { FaultPoint.AfterReserve, false, true, 1 },
        { FaultPoint.AfterBroadcast, false, true, 1 },
        { FaultPoint.AfterSettled, false, false, 0 },
        { FaultPoint.AfterExecute, false, false, 1 },
        { FaultPoint.AfterDelivered, false, true, 1 },
        { FaultPoint.BeforeReserve, true, true, 1 },
        { FaultPoint.AfterReserve, true, true, 1 },
        { FaultPoint.AfterBroadcast, true, true, 1 },
        { FaultPoint.AfterSettled, true, true, 1 },
        { FaultPoint.AfterExecute, true, true, 2 },
        { FaultPoint.AfterDelivered, true, true, 1 },
    };

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task The_repeat_ends_delivered_or_refunded_and_the_work_starts_once_unless_it_may_again(
        string point, bool idempotent, bool delivered, int starts)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(point);

        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        X402Reply end = await buyer.PayAsync(payment);

        await AssertEndAsync(world, buyer, payment, end, delivered);
        Assert.Equal(starts, executor.Starts);
    }

    /// <summary>The silo dies for good at the point; the silos that come after it recover the order by themselves.</summary>
    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task Recovery_at_the_start_of_two_silos_ends_the_order_once(string point, bool idempotent, bool delivered, int starts)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent), new WorldOptions { Silos = 2 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Task reached = world.Faults.HangOnce(point);
        Task<X402Reply> lost = buyer.PayAsync(payment);
        await reached;
        await world.RestartAsync();

        if (point != FaultPoint.BeforeReserve)
            await world.Ledger.Until(delivered ? LedgerKind.Delivered : LedgerKind.Refunded, buyer.KeyOf(payment));
        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered);

        // What died wakes up late, and can do no harm.
        world.Faults.Release();
        Assert.True(Assert.IsType<X402Error>(await lost).Retryable);
        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered);
        Assert.Equal(starts, executor.Starts);
    }

    [Theory]
    [MemberData(nameof(Interruptions))]
    public async Task A_silo_killed_in_the_middle_of_a_sale_leaves_it_to_the_others(string point, bool idempotent, bool delivered, int starts)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent), new WorldOptions { Silos = 3 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        var reached = world.Faults.HangOnce(point);
        Task<X402Reply> lost = buyer.PayAsync(payment);
        await world.Cluster.KillSiloAsync(world.Cluster.GetSiloForAddress(await reached)!);

        X402Error pending = Assert.IsType<X402Error>(await lost);
        Assert.Equal((StreamErrorCode.SettlementFailed, true), (pending.Code, pending.Retryable));
        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered);
        Assert.Equal(starts, executor.Starts);
    }

    [Theory]
    [InlineData(FaultPoint.AfterRefundOwed)]
    [InlineData(FaultPoint.AfterRefundBroadcast)]
    [InlineData(FaultPoint.AfterRefunded)]
    public async Task Recovery_makes_an_owed_refund_once(string point)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Failing("No."), new WorldOptions { Silos = 2 });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Task reached = world.Faults.HangOnce(point);
        Task<X402Reply> lost = buyer.PayAsync(payment);
        await reached;
        await world.RestartAsync();
        await world.Ledger.Until(LedgerKind.Refunded, buyer.KeyOf(payment));
        world.Faults.Release();
        await lost;

        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered: false);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task Work_that_may_not_be_repeated_by_its_spec_is_refunded_even_when_the_executor_could()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent: true));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MayRetry = false });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterSettled);

        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));

        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered: false);
        Assert.Equal(0, executor.Starts);
    }

    [Fact]
    public async Task An_order_of_an_agent_that_was_retired_meanwhile_is_refunded()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent: true));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterSettled);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));

        await world.Fleet.Retire(World.Agent);

        await AssertEndAsync(world, buyer, payment, await buyer.PayAsync(payment), delivered: false);
        Assert.Equal(0, executor.Starts);
    }

    private static async Task AssertEndAsync(World world, TestBuyer buyer, PaidRequest payment, X402Reply end, bool delivered)
    {
        if (delivered)
            Answers.Delivered(end, "did: work");
        else
            Assert.Contains("refunded in 0x", Answers.Refused(end, StreamErrorCode.ExecutionFailed).Message, StringComparison.Ordinal);
        Assert.Equal(delivered ? LedgerKind.Delivered : LedgerKind.Refunded, (await world.KindsAsync(buyer.KeyOf(payment)))[^1]);
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        Assert.Equal(delivered ? 0 : 1, await world.Chain.TransfersOfAsync(world.Refunds.Address));
        Assert.Equal(delivered ? 1_000_000 - World.Price : 1_000_000, await buyer.BalanceAsync());
        await world.AssertTotalsAsync(World.Price, delivered ? World.Price : 0, delivered ? 0 : World.Price);
    }
}
