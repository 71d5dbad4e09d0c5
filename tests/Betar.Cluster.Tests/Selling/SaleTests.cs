using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Results;
using Betar.Storage.Ledger;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Cluster.Tests.Selling;

public sealed class SaleTests
{
    [Fact]
    public async Task A_paid_task_is_settled_once_and_delivered_with_a_receipt()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();

        PaidRequest payment = await buyer.SignAsync("hello");
        X402Response receipt = Answers.Delivered(await buyer.PayAsync(payment), "did: hello");

        Assert.Equal(buyer.KeyOf(payment).ToString(), receipt.PaymentId);
        Assert.Matches("^0x[0-9a-f]{64}$", receipt.TxHash);
        Assert.Equal((payment.CorrelationId, World.Agent), (receipt.CorrelationId, receipt.SellerDid));
        Assert.Equal([LedgerKind.Reserved, LedgerKind.Settled, LedgerKind.Delivered], await world.KindsAsync(buyer.KeyOf(payment)));
        Assert.Equal(1, executor.Starts);
        Assert.Equal((1_000_000 - World.Price, World.Price), (await buyer.BalanceAsync(), await world.Chain.BalanceAsync(world.PayTo)));
        Assert.Equal(1, await world.Chain.TransfersOfAsync(buyer.Address));
        await world.AssertTotalsAsync(World.Price, World.Price, 0);
    }

    [Fact]
    public async Task The_settlement_stands_in_the_ledger_with_its_transaction()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        X402Response receipt = Assert.IsType<X402Response>(await buyer.PayAsync(payment));

        IReadOnlyList<LedgerEntry> order = await world.Ledger.ReadAsync(buyer.KeyOf(payment), default);
        Assert.Equal(receipt.TxHash, order[1].Reference);
        Assert.All(order, entry => Assert.Equal((World.Agent, $"{World.Price}"), (entry.AgentId, entry.Amount.ToString())));
    }

    [Fact]
    public async Task A_quote_keeps_nothing()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        TestBuyer buyer = await world.BuyerAsync();

        PaymentRequired quote = Assert.IsType<PaymentRequired>(await buyer.AskAsync(World.Agent, "hello", "c-1"));

        Assert.Equal(("c-1", $"{World.Price}", world.PayTo.ToString()),
            (quote.CorrelationId, quote.Requirements!.Amount, quote.Requirements.PayTo));
        Assert.Equal(0, executor.Starts);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public async Task A_free_agent_answers_at_once_and_leaves_no_order()
    {
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world, "did:test:free", price: 0));
        TestBuyer buyer = await world.BuyerAsync(funds: 0);

        X402Response answer = Answers.Delivered(await buyer.AskAsync("did:test:free", "hello"), "did: hello");

        Assert.Equal(("", ""), (answer.TxHash, answer.PaymentId));
        Assert.Equal(1, executor.Starts);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public async Task A_free_task_that_fails_says_so()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Failing("It is broken."));
        await using World __ = world;
        await world.DeclareAsync(World.Spec(world, "did:test:free", price: 0));

        X402Reply reply = await (await world.BuyerAsync(funds: 0)).AskAsync("did:test:free", "hello");

        Answers.Refused(reply, StreamErrorCode.ExecutionFailed, "It is broken.");
    }

    [Fact]
    public async Task An_unknown_agent_is_refused_with_1001_paid_or_not()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.AskAsync("did:test:nobody", "x"), StreamErrorCode.UnknownResource);
        Answers.Refused(
            await buyer.PayAsync(payment with { Body = new TaskBody("work", "did:test:nobody").Write() }), StreamErrorCode.UnknownResource);
        await world.AssertEmptyAsync();
    }

    [Fact]
    public async Task An_agent_is_found_by_peer_and_did_too()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        string name = $"12D3KooWPeer/{World.Agent}";

        X402Response answer = Answers.Delivered(await buyer.BuyAsync("hi", name), "did: hi");

        Assert.Equal(name, answer.SellerDid);
    }

    [Fact]
    public async Task A_paid_request_without_payment_or_task_is_refused()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Answers.Refused(await buyer.PayAsync(payment with { Payment = null }), StreamErrorCode.PaymentInvalid);
        Answers.Refused(await buyer.PayAsync(payment with { Body = "no json"u8.ToArray() }), StreamErrorCode.InvalidMessage);
        Answers.Refused(await buyer.PayAsync(payment with { CallerDid = new string('x', 257) }), StreamErrorCode.InvalidMessage);
        await world.AssertEmptyAsync();
        Answers.Delivered(await buyer.PayAsync(payment with { CallerDid = new string('x', 256) }), "did: work");
    }

    [Fact]
    public async Task Who_asks_with_too_long_a_name_gets_no_quote()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        var asked = new X402Request { CorrelationId = "c", Resource = World.Agent, Body = new TaskBody("work", World.Agent).Write(), CallerDid = new string('x', 257) };

        Answers.Refused(await AskAsync(asked), StreamErrorCode.InvalidMessage, "caller_did has more than 256 characters.");
        Assert.IsType<PaymentRequired>(await AskAsync(asked with { CallerDid = new string('x', 256) }));

        Task<X402Reply> AskAsync(X402Request request) => world.Desk.HandleRequestAsync(request, new X402Call("peer", world.Clock.GetUtcNow()), default).AsTask();
    }

    [Fact]
    public async Task An_input_beyond_the_limit_is_refused_before_it_is_paid()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();

        Answers.Refused(await buyer.BuyAsync(new string('x', 65_537)), StreamErrorCode.InvalidMessage);

        await world.AssertEmptyAsync();
        Answers.Delivered(await buyer.BuyAsync(new string('x', 65_536)), "did: " + new string('x', 65_536));

        await world.DeclareAsync(World.Spec(world, "did:test:free", price: 0));
        Answers.Refused(await buyer.AskAsync("did:test:free", new string('x', 65_537)), StreamErrorCode.InvalidMessage);
        Answers.Delivered(await buyer.AskAsync("did:test:free", new string('x', 65_536)), "did: " + new string('x', 65_536));
    }

    [Fact]
    public async Task A_full_agent_is_busy_before_it_takes_money()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Gated(gate.Task));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });
        TestBuyer first = await world.BuyerAsync("peer-a"), second = await world.BuyerAsync("peer-b");
        PaidRequest refused = await second.SignAsync();
        PaidRequest working = await first.SignAsync();

        Task settled = world.Ledger.Next(LedgerKind.Settled);
        Task<X402Reply> sale = first.PayAsync(working);
        await settled;
        X402Error busy = Answers.Refused(await second.PayAsync(refused), StreamErrorCode.Busy);

        Assert.Equal((true, "The agent's queue is full; ask again in 2 s."), (busy.Retryable, busy.Message));
        Assert.Empty(await world.KindsAsync(second.KeyOf(refused)));
        Assert.True(Answers.Refused(await second.AskAsync(World.Agent, "x"), StreamErrorCode.Busy).Retryable);
        Refusal? elsewhere = world.Desk.FindRefusal(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 }, "x");
        Assert.Equal((RefusalCodes.Busy, 2), (elsewhere?.Code, elsewhere?.RetryAfterSeconds));
        gate.SetResult();
        Answers.Delivered(await sale, "did: work");
        Answers.Delivered(await second.PayAsync(refused), "did: work");
        Assert.Equal(1, executor.MostAtOnce);
    }

    [Fact]
    public async Task A_copy_of_a_payment_under_way_is_not_busy_but_waits_for_its_answer()
    {
        var gate = new TaskCompletionSource();
        (World world, TestExecutor executor) = await World.WithAgentAsync(TestExecutor.Gated(gate.Task));
        await using World _ = world;
        await world.DeclareAsync(World.Spec(world) with { MaxConcurrency = 1, MaxQueue = 0 });
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        Task settled = world.Ledger.Next(LedgerKind.Settled);
        Task<X402Reply> sale = buyer.PayAsync(payment);
        await settled;
        Task<X402Reply> copy = buyer.PayAsync(payment);
        gate.SetResult();

        Assert.Equal(Answers.Text(await sale), Answers.Text(await copy));
        Assert.Equal(1, executor.Starts);
    }

    [Fact]
    public async Task A_seller_whose_refund_float_is_too_low_does_not_quote()
    {
        World world = await World.StartAsync(new WorldOptions { RefundFloat = World.Price - 1 });
        await using World _ = world;
        world.Executors.Add("work", TestExecutor.Echo());
        await world.DeclareAsync(World.Spec(world));
        TestBuyer buyer = await world.BuyerAsync();

        Assert.True(Answers.Refused(await buyer.AskAsync(World.Agent, "x"), StreamErrorCode.Busy).Retryable);

        await world.Chain.FundAsync(world.Refunds.Address, 1);
        await world.Float.RefreshAsync();
        Assert.IsType<PaymentRequired>(await buyer.AskAsync(World.Agent, "x"));
    }

    [Fact]
    public async Task A_price_change_leaves_an_open_quote_as_it_was()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(TestExecutor.Echo());
        await using World __ = world;
        TestBuyer buyer = await world.BuyerAsync();
        PaidRequest payment = await buyer.SignAsync();

        await world.DeclareAsync(World.Spec(world, price: 5 * World.Price));

        Answers.Delivered(await buyer.PayAsync(payment), "did: work");
        Assert.Equal(1_000_000 - World.Price, await buyer.BalanceAsync());
    }
}
