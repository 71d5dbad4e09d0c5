using Betar.Agents;
using Betar.Agents.Hiring;
using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Cluster.Tests.Trading;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Hiring;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Hiring;
using Betar.Grains.Trading;
using Betar.X402.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Betar.Cluster.Tests.Hiring;

/// <summary>Agents that buy from others for a task of their own, within their mandate.</summary>
public sealed class HiringTests
{
    private const string Hirer = "did:test:hirer";
    private const string Order = "order-1";

    [Fact]
    public async Task An_agent_without_a_mandate_has_no_market()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        Assert.Null(Markets(shop).Of(Spec("0"), Job()));
        Assert.Null(Markets(shop).Of(Spec(""), Job()));
    }

    [Fact]
    public async Task A_hire_is_bought_and_its_receipt_hangs_on_the_order()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), silos: 2);

        HireOutcome hired = await MarketOf(shop).BuyAsync("remote", "work", default);

        Assert.Equal(("did: work", $"{World.Price}", true), (hired.Output, hired.PaidAtomic, hired.Succeeded));
        HireReceipt receipt = Assert.Single(await shop.World.Grains.GetGrain<IHireGrain>(Order).List());
        Assert.Equal((Hirer, World.Agent, $"{World.Price}", hired.Payment, true), (receipt.Hirer, receipt.AgentId, receipt.Amount, receipt.PaymentKey, receipt.HasEnded));
        Assert.Equal($"{World.Price}", (await Day(shop).GetStatus()).SpentToday);
    }

    [Fact]
    public async Task The_seller_is_told_how_many_hired_before_so_that_a_chain_over_many_nodes_ends()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await MarketOf(shop).BuyAsync("remote", "work", default);

        Assert.Equal(1, TaskBody.Parse(MessageCodec.ParsePaidRequest(Assert.Single(shop.World.Sellers.Shown)).Value!.Body.Span).Value!.Depth);
    }

    [Fact]
    public async Task A_task_that_is_done_again_after_a_crash_pays_nothing_again()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        HireOutcome first = await MarketOf(shop).BuyAsync("remote", "work", default);
        await shop.World.RestartAsync();

        HireOutcome again = await MarketOf(shop).BuyAsync("remote", "work", default);

        Assert.Equal(first, again);
        Assert.Single(shop.World.Sellers.Shown);
        Assert.Equal($"{World.Price}", (await Day(shop).GetStatus()).SpentToday);
    }

    [Fact]
    public async Task The_same_question_twice_in_one_task_is_two_purchases()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        IAgentMarket market = MarketOf(shop);

        await market.BuyAsync("remote", "work", default);
        await market.BuyAsync("remote", "work", default);

        Assert.Equal(2, shop.World.Sellers.Shown.Count);
    }

    [Fact]
    public async Task A_task_spends_no_more_than_its_limit_over_all_its_tries()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await MarketOf(shop, perTask: 2 * World.Price - 1).BuyAsync("remote", "one", default);

        HireOutcome refused = await MarketOf(shop, perTask: 2 * World.Price - 1).BuyAsync("remote", "two", default);

        Assert.Equal((RefusalCodes.HireBudget, "0"), (refused.Code, refused.PaidAtomic));
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task An_agent_spends_no_more_than_its_day_over_all_its_tasks_and_what_was_refused_sets_nothing_aside()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await MarketOf(shop, perDay: World.Price).BuyAsync("remote", "one", default);

        HireOutcome refused = await MarketOf(shop, perDay: World.Price, order: "order-2").BuyAsync("remote", "two", default);

        Assert.Equal(RefusalCodes.HireBudget, refused.Code);
        Assert.Equal("0", Assert.Single(await shop.World.Grains.GetGrain<IHireGrain>("order-2").List()).Amount);
        Assert.Equal("0", (await Day(shop).GetStatus()).Reserved);
        Assert.True((await MarketOf(shop, perDay: 2 * World.Price, order: "order-2").BuyAsync("remote", "two", default)).Succeeded);
    }

    [Fact]
    public async Task The_wallets_own_budget_holds_agents_too()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerTask = "1" });

        HireOutcome refused = await MarketOf(shop).BuyAsync("remote", "work", default);

        Assert.Equal(RefusalCodes.BudgetPerTask, refused.Code);
        Assert.Equal(("0", "0"), ((await Day(shop).GetStatus()).SpentToday, (await Day(shop).GetStatus()).Reserved));
    }

    [Fact]
    public async Task Agents_of_one_node_hire_one_another_only_so_deep()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        HireOutcome deep = await MarketOf(shop, depth: 4).BuyAsync("remote", "work", default);

        Assert.Equal(RefusalCodes.HireTooDeep, deep.Code);
        Assert.True((await MarketOf(shop, depth: 3).BuyAsync("remote", "work", default)).Succeeded);
    }

    [Fact]
    public async Task One_task_hires_only_so_often()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        IAgentMarket market = MarketOf(shop, hires: 1);
        await market.BuyAsync("remote", "one", default);

        Assert.Equal(RefusalCodes.HireBudget, (await market.BuyAsync("remote", "two", default)).Code);
    }

    [Fact]
    public async Task Who_is_not_listed_cannot_be_hired_nor_quoted()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        Assert.Equal(RefusalCodes.UnknownAgent, (await MarketOf(shop).BuyAsync("nobody", "work", default)).Code);
        Assert.Null(await MarketOf(shop).QuoteAsync("nobody", default));
        Assert.Equal($"{World.Price}", (await MarketOf(shop).QuoteAsync("remote", default))?.PriceAtomic);
        Assert.Equal(World.Agent, Assert.Single(await MarketOf(shop).SearchAsync("own", 10, default)).Agent);
    }

    /// <summary>Two agents of a node that ask one another for ever: the depth ends it, and nothing was paid.</summary>
    [Fact]
    public async Task A_cycle_of_agents_of_one_node_ends_by_depth()
    {
        IAgentMarkets? markets = null;
        AgentSpec hirer = Spec($"{World.Price}");
        var starts = 0;
        var executor = new TestExecutor(async (request, token) =>
        {
            starts++;
            var task = new AgentTask { Input = request.Input, Caller = request.Caller, Order = "", Trade = "t", Depth = int.Parse(request.Input, System.Globalization.CultureInfo.InvariantCulture) };
            HireOutcome hired = await markets!.Of(hirer, task)!.BuyAsync("own", $"{task.Depth + 1}", token);
            return hired.Succeeded ? ExecutionOutcome.Ok(hired.Output) : ExecutionOutcome.Ok(hired.Code);
        });
        await using Shop shop = await Shop.OpenAsync(executor);
        markets = Markets(shop, isOwn: true);

        HireOutcome end = await markets.Of(hirer, Job())!.BuyAsync("own", "1", default);

        Assert.Equal((RefusalCodes.HireTooDeep, 4), (end.Output, starts));
        await shop.AssertNothingSpentAsync();
    }

    /// <summary>A seller elsewhere that hires us back, which knows nothing of our depth: our agent's own budget ends it.</summary>
    [Fact]
    public async Task A_cycle_over_two_nodes_ends_by_budget()
    {
        IAgentMarkets? markets = null;
        AgentSpec hirer = Spec("1000000", perDay: 3 * World.Price);
        var executor = new TestExecutor(async (request, token) =>
        {
            // Every paid task comes from outside at depth 0, and hires the other node again, which comes back as another order.
            HireOutcome hired = await markets!.Of(hirer, new AgentTask { Input = "", Caller = "", Order = request.Order })!.BuyAsync("remote", request.Input + "+", token);
            return ExecutionOutcome.Ok(hired.Succeeded ? hired.Output : hired.Code);
        });
        await using Shop shop = await Shop.OpenAsync(executor);
        markets = Markets(shop);

        HireOutcome end = await markets.Of(hirer, Job())!.BuyAsync("remote", "", default);

        Assert.Equal((RefusalCodes.HireBudget, 3), (end.Output, executor.Starts));
        Assert.Equal(3, shop.World.Sellers.Shown.Count);
        Assert.Equal(1_000_000 - 3 * World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
    }

    private static AgentTask Job(string order = Order, int depth = 0) => new() { Input = "x", Caller = "buyer", Order = order, Depth = depth };

    private static AgentSpec Spec(string perTask, ulong perDay = 100 * World.Price) => new()
    {
        AgentId = Hirer, Name = "hirer", PriceAtomic = "1", PayTo = "0x", ExecutorKind = "test", ExecutorTarget = "work",
        HirePerTaskAtomic = perTask, HirePerDayAtomic = $"{perDay}",
    };

    private static IBudgetGrain Day(Shop shop) => shop.World.Grains.GetGrain<IBudgetGrain>($"agent/{Hirer}");

    private static IAgentMarket MarketOf(Shop shop, ulong perTask = 10 * World.Price, ulong perDay = 100 * World.Price, string order = Order, int depth = 0, int hires = 32) =>
        Markets(shop, hires).Of(Spec($"{perTask}", perDay), Job(order, depth))!;

    private static IAgentMarkets Markets(Shop shop, int hires = 32, bool isOwn = false)
    {
        var offer = new AgentOffer
        {
            AgentId = World.Agent, Name = "remote", PriceAtomic = $"{World.Price}", PayTo = shop.World.PayTo.ToString(), Seller = "seller", SellerId = "seller",
        };
        var directory = new TestDirectory { Offers = { ["remote"] = offer, [World.Agent] = isOwn ? offer with { Seller = "" } : offer, ["own"] = offer with { Seller = "", Name = "own" } } };
        var trader = new Trader(shop.World.Grains, directory, directory, new BuyingWallet(shop.Wallet), shop.World.Clock, NullLogger<Trader>.Instance);
        return new AgentMarkets(shop.World.Grains, directory, trader, Options.Create(new HiringOptions { MaxHires = hires }));
    }
}
