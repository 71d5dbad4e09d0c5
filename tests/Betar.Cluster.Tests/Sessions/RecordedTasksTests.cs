using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.Storage.Sessions;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Cluster.Tests.Sessions;

/// <summary>Every execution is recorded, whatever became of it, under who was proven to ask for it, with its payment, once.</summary>
public sealed class RecordedTasksTests
{
    [Fact]
    public async Task A_paid_task_is_recorded_with_its_payment_and_no_write_more()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World here = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Answers.Delivered(await buyer.PayAsync(payment with { CallerDid = "did:key:zClaimed" }), "did: work");

        RecordedExchange recorded = Assert.Single(await ExchangesAsync(world, "peer-a"));
        SessionExchange exchange = recorded.Exchange;
        Assert.Equal((payment.CorrelationId, "work", "did: work", "", "did:key:zClaimed"),
            (exchange.RequestId, exchange.Input, exchange.Output, exchange.Error, exchange.ClaimedCaller));
        IReadOnlyList<LedgerEntry> entries = await world.Ledger.ReadAsync(buyer.KeyOf(payment), default);
        Assert.Equal(new SessionPayment(buyer.KeyOf(payment).ToString(), entries[1].Reference, $"{World.Price}", buyer.Address.ToString(), entries[1].At), exchange.Payment);
        Assert.Equal(3, entries.Count);
    }

    [Fact]
    public async Task Showing_a_payment_again_records_nothing_again()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World here = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => buyer.PayAsync(payment)));
        await world.RestartAsync();
        await buyer.PayAsync(payment);
        Assert.Single(await ExchangesAsync(world, "peer-a"));
    }

    [Fact]
    public async Task A_paid_task_that_failed_is_recorded_with_why()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("No such luck."));
        await using World here = world;
        TestBuyer buyer = await world.BuyerAsync();
        Answers.Refused(await buyer.BuyAsync(), StreamErrorCode.ExecutionFailed);
        SessionExchange exchange = Assert.Single(await ExchangesAsync(world, "peer-a")).Exchange;
        Assert.Equal(("", "No such luck.", $"{World.Price}"), (exchange.Output, exchange.Error, exchange.Payment!.Amount));
    }

    [Fact]
    public async Task A_crash_after_the_work_records_its_end_once()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo(idempotent: true));
        await using World here = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Task reached = world.Faults.HangOnce(FaultPoint.AfterExecute);
        Task<X402Reply> lost = buyer.PayAsync(payment);
        await reached;
        await world.RestartAsync();
        world.Faults.Release();
        await lost;
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal("did: work", Assert.Single(await ExchangesAsync(world, "peer-a")).Exchange.Output);
    }

    [Fact]
    public async Task A_free_task_is_recorded_under_the_peer_and_not_under_what_it_calls_itself()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World here = world;
        await world.DeclareAsync(World.Spec(world, price: 0));
        var request = new X402Request { CorrelationId = "c-1", Resource = World.Agent, Body = new TaskBody("work", World.Agent).Write(), CallerDid = "peer-b" };
        Answers.Delivered(await world.Desk.HandleRequestAsync(request, new X402Call("peer-a", world.Clock.GetUtcNow()), CancellationToken.None), "did: work");
        SessionExchange exchange = Assert.Single(await ExchangesAsync(world, "peer-a")).Exchange;
        Assert.Equal(("c-1", "work", "did: work", "peer-b", null), (exchange.RequestId, exchange.Input, exchange.Output, exchange.ClaimedCaller, exchange.Payment));
        Assert.Empty(await ExchangesAsync(world, "peer-b"));
    }

    [Fact]
    public async Task The_owners_own_task_is_recorded_as_local_also_when_it_fails()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("Out of order."));
        await using World here = world;
        await world.Grains.GetGrain<IAgentGrain>(World.Agent).Run(new AgentTask { Input = "x", Caller = "local", Order = "" }, CancellationToken.None);
        SessionExchange exchange = Assert.Single(await ExchangesAsync(world, "local")).Exchange;
        Assert.Equal(("x", "", "Out of order."), (exchange.Input, exchange.Output, exchange.Error));
        Assert.Matches("^local-[0-9]{19}$", exchange.RequestId);
    }

    [Fact]
    public async Task What_was_not_begun_is_not_recorded()
    {
        await using World world = await World.StartAsync();
        await world.Grains.GetGrain<IAgentGrain>("did:none").Run(new AgentTask { Input = "x", Caller = "local", Order = "" }, CancellationToken.None);
        Assert.Empty(await ExchangesAsync(world, "local", "did:none"));
    }

    [Fact]
    public async Task A_purchase_is_recorded_by_its_buyer_once_however_often_it_is_asked_for()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        PurchaseResult bought = await shop.BuyAsync("p-1");
        await shop.BuyAsync("p-1");
        await shop.World.RestartAsync();
        await shop.BuyAsync("p-1");
        SessionExchange exchange = Assert.Single(await ExchangesAsync(shop.World, shop.Wallet.ToString())).Exchange;
        Assert.Equal(("p-1", "work", "did: work", ""), (exchange.RequestId, exchange.Input, exchange.Output, exchange.Error));
        Assert.Equal((bought.PaymentKey, bought.TransactionHash, $"{World.Price}"), (exchange.Payment!.PaymentId, exchange.Payment.TransactionHash, exchange.Payment.Amount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_jumps_while_it_is_paid_loses_nothing_and_doubles_nothing(int days)
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo(idempotent: true));
        await using World here = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();
        Task reached = world.Faults.HangOnce(FaultPoint.AfterSettled);
        Task<X402Reply> paying = buyer.PayAsync(payment);
        await reached;
        world.Clock.Advance(TimeSpan.FromDays(days));
        world.Faults.Release();
        Answers.Delivered(await paying, "did: work");
        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1, executor.Starts);
        Assert.Single(await ExchangesAsync(world, "peer-a"));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    /// <summary>The log is written behind the answer: what was recorded before a later write is on disk after it.</summary>
    private static async Task<IReadOnlyList<RecordedExchange>> ExchangesAsync(World world, string caller, string agent = World.Agent)
    {
        await world.Database.Agents.RemoveAsync("nobody", CancellationToken.None);
        Session? session = await world.Database.Sessions.FindAsync(new SessionQuery { AgentId = agent }, caller, CancellationToken.None);
        return session?.Exchanges ?? [];
    }
}
