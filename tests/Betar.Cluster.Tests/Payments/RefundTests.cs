using System.Diagnostics.Metrics;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>What was settled and cannot be delivered goes back, once.</summary>
public sealed class RefundTests
{
    private static readonly LedgerKind[] s_refunded = [LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.RefundOwed, LedgerKind.Refunded];

    [Fact]
    public async Task A_task_that_fails_is_refunded_once()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Failing("Out of luck."));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        X402Reply first = await buyer.PayAsync(payment);

        X402Error error = Answers.Refused(first, StreamErrorCode.ExecutionFailed);
        Assert.Matches("^Out of luck. The payment was refunded in 0x[0-9a-f]{64}.$", error.Message);
        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
        await AssertRefundedAsync(world, buyer, payment);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_refund_has_the_nonce_of_its_payment_so_that_the_token_makes_it_once()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No."));
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await buyer.PayAsync(payment);

        Hash32 nonce = RefundAccount.NonceOf(buyer.KeyOf(payment).ToString()).Value;
        RpcOutcome<bool> used = await world.Chain.Token.AuthorizationStateAsync(world.Refunds.Address, nonce, default);

        Assert.True(used.Value);
        PaymentAnswer again = await world.Grains.GetGrain<IPaymentSessionGrain>(buyer.KeyOf(payment).ToString()).Resume();
        Assert.Equal(PaymentEnd.Refunded, again.End);
        await AssertRefundedAsync(world, buyer, payment);
    }

    [Theory]
    [InlineData(FaultPoint.AfterRefundOwed)]
    [InlineData(FaultPoint.AfterRefundBroadcast)]
    [InlineData(FaultPoint.AfterRefunded)]
    public async Task A_refund_that_is_interrupted_is_made_once(string point)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Failing("No."));
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(point);

        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        await AssertRefundedAsync(world, buyer, payment);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_reason_longer_than_the_ledger_takes_still_ends_in_a_refund()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing(new string('x', 100_000)));
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        await AssertRefundedAsync(world, buyer, payment);
    }

    [Fact]
    public async Task An_executor_that_throws_costs_one_task_and_tells_nothing_of_itself()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(
            new TestExecutor((_, _) => throw new InvalidOperationException("secret inside")));
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        X402Error error = Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        Assert.StartsWith("The executor failed.", error.Message, StringComparison.Ordinal);
        await AssertRefundedAsync(world, buyer, payment);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_outlives_the_streams_budget_is_refunded_whether_it_listens_or_not(bool listens)
    {
        var never = new TaskCompletionSource<ExecutionOutcome>();
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            new TestExecutor((_, token) => listens ? never.Task.WaitAsync(token) : never.Task),
            new WorldOptions { StreamBudget = TimeSpan.FromMilliseconds(200) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        X402Error error = Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        Assert.StartsWith("The task took longer than it may.", error.Message, StringComparison.Ordinal);
        await AssertRefundedAsync(world, buyer, payment);
        never.SetResult(ExecutionOutcome.Ok("too late"));
        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_settlement_that_uses_up_the_budget_is_refunded_and_never_starts()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Echo(), new WorldOptions { StreamBudget = TimeSpan.FromTicks(1) });
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed);

        Assert.Equal(0, executor.Starts);
        await AssertRefundedAsync(world, buyer, payment);
    }

    [Fact]
    public async Task A_task_that_waited_in_the_agents_queue_until_its_time_was_over_never_starts()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor executor) = await World.WithAgentAsync(
            TestExecutor.Gated(gate.Task), new WorldOptions { StreamBudget = TimeSpan.FromSeconds(1.5) });
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 10 });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest one = await buyer.SignAsync(), two = await buyer.SignAsync();

        X402Reply[] replies = await Task.WhenAll(buyer.PayAsync(one), buyer.PayAsync(two));
        Assert.All(replies, reply => Answers.Refused(reply, StreamErrorCode.ExecutionFailed));
        gate.SetResult();

        // The free place is handed on to a third task, past the one that waited too long.
        Answers.Delivered(await buyer.BuyAsync("third"), "did: third");
        Assert.Equal(2, executor.Starts);
        await world.AssertTotalsAsync(3 * World.Price, World.Price, 2 * World.Price);
    }

    [Fact]
    public async Task An_agent_that_is_full_behind_another_desks_back_refunds()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Gated(gate.Task));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest one = await buyer.SignAsync(), two = await buyer.SignAsync();

        Task settled = world.Ledger.Next(LedgerKind.Settled);
        Task<X402Reply> working = buyer.PayAsync(one);
        await settled;
        Answers.Refused(await buyer.PayAsync(two, world.NewDesk()), StreamErrorCode.ExecutionFailed);
        gate.SetResult();

        Answers.Delivered(await working, "did: work");
        Assert.Equal(1, executor.Starts);
        await world.AssertTotalsAsync(2 * World.Price, World.Price, World.Price);
    }

    [Fact]
    public async Task A_refund_that_the_account_cannot_pay_stays_owed_until_it_is_funded()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(
            TestExecutor.Failing("No."), new WorldOptions { RefundFloat = World.Price, RecoveryInterval = TimeSpan.FromMilliseconds(50) });
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest one = await buyer.SignAsync(), two = await buyer.SignAsync();
        await buyer.PayAsync(one);

        X402Error owed = Answers.Refused(await buyer.PayAsync(two), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");

        Assert.Equal(0ul, await world.Chain.BalanceAsync(world.Refunds.Address));
        await world.AssertTotalsAsync(2 * World.Price, 0, World.Price, held: World.Price);
        await world.Float.RefreshAsync();
        Answers.Refused(await buyer.AskAsync(World.Agent, "x"), StreamErrorCode.Busy);

        await world.Chain.FundAsync(world.Refunds.Address, World.Price);
        await world.Ledger.Until(LedgerKind.Refunded, buyer.KeyOf(two));
        Assert.NotEqual(owed.Message, Answers.Refused(await buyer.PayAsync(two), StreamErrorCode.ExecutionFailed).Message);
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        await world.AssertTotalsAsync(2 * World.Price, 0, 2 * World.Price);
    }

    [Fact]
    public async Task A_refund_account_that_cannot_cover_is_counted_so_that_somebody_is_paged()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No."), new WorldOptions { RefundFloat = World.Price });
        await using World __ = world;
        long uncovered = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "betar.refunds.uncovered")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref uncovered, count));
        listener.Start();
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await world.SendFromRefundsAsync(new ContractCall(world.Chain.Token.Address, Eip3009Token.EncodeTransfer(world.PayTo, 1), Eip3009Token.TransferGasLimit));

        Answers.Refused(await buyer.PayAsync(payment), StreamErrorCode.ExecutionFailed, "No. A refund is owed and under way.");
        Assert.NotEqual(0, Interlocked.Read(ref uncovered));

        await world.Chain.FundAsync(world.Refunds.Address, 1);
        PaymentAnswer retried = await world.Grains.GetGrain<IPaymentSessionGrain>(buyer.KeyOf(payment).ToString()).Resume();
        Assert.Equal(PaymentEnd.Refunded, retried.End);
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
    }

    private static async Task AssertRefundedAsync(World world, TestBuyer buyer, PaidRequest payment)
    {
        Assert.Equal(s_refunded, await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        Assert.Equal(1, await world.Chain.TransfersOfAsync(world.Refunds.Address));
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        Assert.Equal(world.Options.RefundFloat - World.Price, await world.Chain.BalanceAsync(world.Refunds.Address));
        await world.AssertTotalsAsync(World.Price, 0, World.Price);
    }
}
