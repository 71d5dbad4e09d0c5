using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.Grains.Trading;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Cluster.Tests.Trading;

/// <summary>Tasks for whoever works on the node: free by the fleet, bought from everybody else.</summary>
public sealed class TraderTests
{
    private const string Remote = "remote";

    [Fact]
    public async Task An_agent_of_the_fleet_works_for_its_owner_without_payment_and_nobody_is_asked()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers["own"] = Offer(shop) with { Seller = "" };

        PurchaseResult result = await trader.TradeAsync(Order("own"), CancellationToken.None);

        Assert.Equal((PurchaseStage.Delivered, "did: work", "0", ""), (result.Stage, result.Output, result.Amount, result.PaymentKey));
        Assert.Equal(0, shop.World.Sellers.Quotes);
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task An_own_agent_that_fails_is_a_refusal_that_may_be_tried_again()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Failing("no idea"));
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers["own"] = Offer(shop) with { Seller = "" };

        PurchaseResult result = await trader.TradeAsync(Order("own"), CancellationToken.None);

        Assert.Equal((PurchaseStage.New, RefusalCodes.ExecutionFailed, true), (result.Stage, result.Refusal?.Code, result.Refusal?.Retryable));
    }

    [Fact]
    public async Task A_remote_agent_is_bought_once_at_its_listed_price_and_its_seller_is_reported()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), silos: 2);
        (Trader trader, TestDirectory directory) = TraderOf(shop);

        PurchaseResult first = await trader.TradeAsync(Order(), CancellationToken.None);
        directory.Offers.Remove(Remote);
        PurchaseResult again = await trader.TradeAsync(Order() with { Agent = World.Agent }, CancellationToken.None);

        Assert.Equal((PurchaseStage.Delivered, "did: work", $"{World.Price}"), (first.Stage, first.Output, first.Amount));
        Assert.Equal((first.Output, first.PaymentKey), (again.Output, again.PaymentKey));
        Assert.Single(shop.World.Sellers.Shown);
        Assert.Equal([(World.Agent, true)], directory.Contacts);
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
    }

    [Fact]
    public async Task The_same_id_for_another_task_is_a_conflict()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);
        await trader.TradeAsync(Order(), CancellationToken.None);

        PurchaseResult other = await trader.TradeAsync(Order() with { Input = "other" }, CancellationToken.None);
        PurchaseResult elsewhere = await trader.TradeAsync(Order("else"), CancellationToken.None);

        Assert.Equal(RefusalCodes.PurchaseConflict, other.Refusal?.Code);
        Assert.Equal(RefusalCodes.PurchaseConflict, elsewhere.Refusal?.Code);
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task What_costs_more_than_was_allowed_is_not_even_asked_for()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);

        PurchaseResult result = await trader.TradeAsync(Order() with { MaxAmount = $"{World.Price - 1}" }, CancellationToken.None);

        Assert.Equal(RefusalCodes.BudgetPerTask, result.Refusal?.Code);
        Assert.Equal(0, shop.World.Sellers.Quotes);
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task A_cap_that_is_no_amount_is_refused()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);

        Assert.Equal(RefusalCodes.AmountWrong, (await trader.TradeAsync(Order() with { MaxAmount = "0.1" }, CancellationToken.None)).Refusal?.Code);
    }

    [Fact]
    public async Task However_much_is_allowed_no_more_than_the_listed_price_is_signed()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);
        shop.ChangeOffer(offer => offer with { Amount = $"{World.Price + 1}" });

        PurchaseResult result = await trader.TradeAsync(Order() with { MaxAmount = "1000000" }, CancellationToken.None);

        Assert.Equal(RefusalCodes.OfferRefused, result.Refusal?.Code);
        await shop.AssertNothingSpentAsync();
    }

    [Theory]
    [InlineData("", "0x0000000000000000000000000000000000000001")]
    [InlineData("1000", "")]
    public async Task An_offer_without_a_price_or_a_payee_is_not_bought(string price, string payTo)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers[Remote] = Offer(shop) with { PriceAtomic = price, PayTo = payTo };

        Assert.Equal(RefusalCodes.OfferRefused, (await trader.TradeAsync(Order(), CancellationToken.None)).Refusal?.Code);
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task A_free_offer_without_a_payee_is_asked_and_never_paid()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers[Remote] = Offer(shop) with { PriceAtomic = "0", PayTo = "" };

        PurchaseResult priced = await trader.TradeAsync(Order(), CancellationToken.None);
        await shop.World.DeclareAsync(World.Spec(shop.World, price: 0));
        PurchaseResult free = await trader.TradeAsync(Order() with { PurchaseId = "p-2" }, CancellationToken.None);

        Assert.Equal(RefusalCodes.OfferRefused, priced.Refusal?.Code);
        Assert.Equal((PurchaseStage.Delivered, "0"), (free.Stage, free.Amount));
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task The_wallets_budget_and_the_named_mandate_guard_every_trade()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        await shop.Budget.Grant(new Mandate { MandateId = "m", Limit = $"{World.Price}", Expires = shop.World.Clock.GetUtcNow().AddHours(1) });

        PurchaseResult covered = await trader.TradeAsync(Order() with { MandateId = "m" }, CancellationToken.None);
        PurchaseResult spent = await trader.TradeAsync(Order() with { PurchaseId = "p-2", MandateId = "m" }, CancellationToken.None);
        await shop.Budget.SetPolicy(new SpendingPolicy { PerTask = $"{World.Price - 1}" });
        PurchaseResult over = await trader.TradeAsync(Order() with { PurchaseId = "p-3" }, CancellationToken.None);

        Assert.Equal(PurchaseStage.Delivered, covered.Stage);
        Assert.Equal(RefusalCodes.MandateInvalid, spent.Refusal?.Code);
        Assert.Equal(RefusalCodes.BudgetPerTask, over.Refusal?.Code);
        Assert.Equal($"{World.Price}", Assert.Single(await shop.Budget.ListMandates()).Spent);
        Assert.Equal([(World.Agent, true)], directory.Contacts);
    }

    [Fact]
    public async Task A_seller_that_cannot_be_reached_is_reported()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        shop.World.Sellers.OnRequest = (_, _, _) => Task.FromResult(new SellerAnswer(null, "gone"));

        PurchaseResult result = await trader.TradeAsync(Order(), CancellationToken.None);

        Assert.Equal(RefusalCodes.SellerUnreachable, result.Refusal?.Code);
        Assert.Equal([(World.Agent, false)], directory.Contacts);
    }

    [Fact]
    public async Task Who_stops_waiting_before_the_quote_signs_nothing_and_may_buy_later()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        Func<Betar.X402.Protocol.X402Request, int, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnRequest;
        shop.World.Sellers.OnRequest = async (request, number, token) =>
        {
            asked.TrySetResult();
            await answer.Task;
            return await desk(request, number, token);
        };
        using var impatience = new CancellationTokenSource();

        Task<PurchaseResult> trade = trader.TradeAsync(Order(), impatience.Token);
        await asked.Task;
        await impatience.CancelAsync();
        PurchaseResult given = await trade;
        answer.SetResult();

        Assert.Equal((PurchaseStage.New, RefusalCodes.PurchaseGivenUp), (given.Stage, given.Refusal?.Code));
        PurchaseResult later = await trader.TradeAsync(Order(), CancellationToken.None);
        Assert.Equal(PurchaseStage.Delivered, later.Stage);
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task Who_stops_waiting_after_signing_is_told_so_and_the_purchase_goes_on()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, _) = TraderOf(shop);
        var (shown, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        Func<Betar.X402.Protocol.PaidRequest, int, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnPay;
        shop.World.Sellers.OnPay = async (request, number, token) =>
        {
            shown.TrySetResult();
            await answer.Task;
            return await desk(request, number, token);
        };
        using var impatience = new CancellationTokenSource();

        Task<PurchaseResult> trade = trader.TradeAsync(Order(), impatience.Token);
        await shown.Task;
        await impatience.CancelAsync();
        PurchaseResult given = await trade;
        answer.SetResult();

        Assert.Equal((PurchaseStage.PaymentSigned, $"{World.Price}"), (given.Stage, given.Amount));
        Assert.Equal(PurchaseStage.Delivered, (await trader.TradeAsync(Order(), CancellationToken.None)).Stage);
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task What_only_gossip_told_of_may_be_asked_for_again_when_its_payee_is_known()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers[Remote] = Offer(shop) with { PayTo = "" };

        PurchaseResult result = await trader.TradeAsync(Order(), CancellationToken.None);

        Assert.Equal((RefusalCodes.OfferRefused, true), (result.Refusal?.Code, result.Refusal?.Retryable));
        directory.Offers[Remote] = Offer(shop);
        Assert.Equal(PurchaseStage.Delivered, (await trader.TradeAsync(Order(), CancellationToken.None)).Stage);
    }

    /// <summary>Refused with BTR-3020 by what the listing says, and by what the seller demands when the listing says nothing of it.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_seller_that_keeps_the_payment_of_failed_work_is_paid_by_who_accepts_that(bool listed)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.World.DeclareAsync(World.Spec(shop.World) with { RefundPolicy = "keep" });
        (Trader trader, TestDirectory directory) = TraderOf(shop);
        directory.Offers[Remote] = Offer(shop) with { KeepsFailed = listed };

        PurchaseResult refused = await trader.TradeAsync(Order(), CancellationToken.None);

        Assert.Equal((PurchaseStage.New, RefusalCodes.KeepsPayment, false), (refused.Stage, refused.Refusal?.Code, refused.Refusal?.Retryable));
        Assert.Equal(listed ? 0 : 1, shop.World.Sellers.Quotes);
        await shop.AssertNothingSpentAsync();
        Assert.Equal(PurchaseStage.Delivered, (await trader.TradeAsync(Order() with { AcceptKeep = true }, CancellationToken.None)).Stage);
    }

    private static TradeOrder Order(string agent = Remote) => new() { PurchaseId = "p-1", Agent = agent, Input = "work" };

    private static AgentOffer Offer(Shop shop) => new()
    {
        AgentId = World.Agent, Name = "remote", PriceAtomic = $"{World.Price}", PayTo = shop.World.PayTo.ToString(), Seller = "seller", SellerId = "seller",
    };

    private static (Trader Trader, TestDirectory Directory) TraderOf(Shop shop)
    {
        var directory = new TestDirectory { Offers = { [Remote] = Offer(shop) } };
        return (new Trader(shop.World.Grains, directory, directory, new BuyingWallet(shop.Wallet), shop.World.Clock, NullLogger<Trader>.Instance), directory);
    }
}
