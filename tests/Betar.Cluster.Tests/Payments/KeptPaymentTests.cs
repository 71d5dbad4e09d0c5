using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.Storage.Ledger;
using Betar.Storage.Sessions;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>An agent that gives nothing back for work which failed.</summary>
public sealed class KeptPaymentTests
{
    private static readonly LedgerKind[] s_kept = [LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered];

    [Fact]
    public async Task The_payment_of_a_task_that_failed_is_kept_and_the_buyer_told_so_every_time()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(new TestExecutor((_, _) =>
            Task.FromResult(ExecutionOutcome.Failed("Out of luck.") with { Usage = new ModelUsage("m", 2, 30, 4) { CostAtomic = 9 } })));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { RefundPolicy = "keep" });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        X402Reply first = await buyer.PayAsync(payment);

        X402Error error = Answers.Refused(first, StreamErrorCode.ExecutionFailed);
        Assert.Equal(("Out of luck. The payment is kept, as this agent's terms say.", false), (error.Message, error.Retryable));
        await world.RestartAsync();
        Assert.Equal(Answers.Text(first), Answers.Text(await buyer.PayAsync(payment)));
        Assert.Equal(s_kept, (await world.Ledger.ReadAsync(buyer.KeyOf(payment), default)).Select(entry => entry.Kind));
        Assert.Equal(1, executor.Starts);
        PurchaseResult told = PurchaseEnds.Of(new PurchaseResult { PurchaseId = "p", Stage = PurchaseStage.PaymentSigned, Amount = "1" }, error);
        Assert.Equal((PurchaseStage.Kept, "1", false), (told.Stage, told.Amount, told.Refusal!.Retryable));

        Session session = (await world.Database.Sessions.FindAsync(new SessionQuery { AgentId = World.Agent }, "peer-a", default))!;
        SessionExchange exchange = Assert.Single(session.Exchanges).Exchange;
        Assert.Equal(("", "Out of luck.", new SessionUsage("m", 2, 30, 4, "9")), (exchange.Output, exchange.Error, exchange.Usage));
    }

    [Fact]
    public async Task Work_that_never_had_its_time_is_paid_back_all_the_same()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(), new WorldOptions { StreamBudget = TimeSpan.FromTicks(1) });
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world) with { RefundPolicy = "keep" });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await buyer.PayAsync(payment);

        Assert.Equal(LedgerKind.Refunded, (await world.Ledger.ReadAsync(buyer.KeyOf(payment), default))[^1].Kind);
    }
}
