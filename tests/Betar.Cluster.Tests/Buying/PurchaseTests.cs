using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Buying;

/// <summary>Purchases, end to end against the world's own desk, and against sellers that a test wrote.</summary>
public sealed class PurchaseTests
{
    private static readonly List<StepTime> s_noSteps = [];

    [Fact]
    public async Task A_purchase_is_delivered_with_its_receipt_and_counts_against_the_budget()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        PurchaseResult bought = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.Delivered, "did: work", $"{World.Price}"), (bought.Stage, bought.Output, bought.Amount));
        Assert.Matches("^0x[0-9a-f]{64}$", bought.TransactionHash);
        Assert.Equal(["quote", "sign", "pay"], bought.Steps.Select(step => step.Name));
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
        BudgetStatus budget = await shop.Budget.GetStatus();
        Assert.Equal(($"{World.Price}", "0"), (budget.SpentToday, budget.Reserved));
        AssertSame(bought, await shop.Purchase("p-1").Get());
    }

    [Fact]
    public async Task Buying_again_under_the_same_id_gives_the_kept_result_and_asks_nobody()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        PurchaseResult first = await shop.BuyAsync("p-1");

        PurchaseResult second = await shop.BuyAsync("p-1");

        AssertSame(first, second);
        Assert.Equal((1, 1), (shop.World.Sellers.Quotes, shop.World.Sellers.Shown.Count));
    }

    [Fact]
    public async Task Another_intent_under_the_same_id_is_a_conflict_also_after_a_restart()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.BuyAsync("p-1");
        PurchaseIntent other = shop.Intent with { Input = "something else" };

        Assert.Equal(RefusalCodes.PurchaseConflict, (await shop.Purchase("p-1").Buy(other)).Refusal?.Code);
        await shop.World.RestartAsync();
        Assert.Equal(RefusalCodes.PurchaseConflict, (await shop.Purchase("p-1").Buy(other)).Refusal?.Code);
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task A_refusal_before_signing_leaves_the_id_free_for_another_intent()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        Assert.Equal(RefusalCodes.OfferRefused, (await shop.Purchase("p-1").Buy(shop.Intent with { MaxAmount = "999" })).Refusal?.Code);

        Assert.Equal(PurchaseStage.Delivered, (await shop.BuyAsync("p-1")).Stage);
    }

    [Theory]
    [InlineData("payee")]
    [InlineData("amount")]
    [InlineData("asset")]
    [InlineData("network")]
    [InlineData("domain")]
    [InlineData("scheme")]
    [InlineData("window")]
    [InlineData("nothing")]
    public async Task An_offer_that_is_not_what_was_asked_for_is_not_signed(string changed)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.ChangeOffer(terms => changed switch
        {
            "payee" => terms with { PayTo = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1" },
            "amount" => terms with { Amount = $"{World.Price + 1}" },
            "asset" => terms with { Asset = "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913" },
            "network" => terms with { Network = "eip155:8453" },
            "domain" => terms with { Extra = new PaymentExtra("USD Coin", "2") },
            "scheme" => terms with { Scheme = "upto" },
            "window" => terms with { MaxTimeoutSeconds = 24 * 60 * 60 },
            _ => null,
        });

        PurchaseResult refused = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.New, RefusalCodes.OfferRefused), (refused.Stage, refused.Refusal?.Code));
        await shop.AssertNothingSpentAsync();
    }

    [Theory]
    [InlineData("1", "wallet", RefusalCodes.OfferRefused)]
    [InlineData("-1", "ok", RefusalCodes.AmountWrong)]
    [InlineData("0.5", "ok", RefusalCodes.AmountWrong)]
    public async Task An_intent_that_makes_no_sense_is_refused(string amount, string wallet, string code)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        PurchaseIntent intent = shop.Intent with { MaxAmount = amount, Wallet = wallet == "ok" ? shop.Intent.Wallet : wallet };

        Assert.Equal(code, (await shop.Purchase("p-1").Buy(intent)).Refusal?.Code);

        Assert.Equal(0, shop.World.Sellers.Quotes);
    }

    [Fact]
    public async Task A_wallet_without_a_key_here_gives_its_budget_back()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        const string stranger = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";

        PurchaseResult refused = await shop.Purchase("p-1").Buy(shop.Intent with { Wallet = stranger });

        Assert.Equal(RefusalCodes.OfferRefused, refused.Refusal?.Code);
        Assert.Equal("0", (await shop.World.Grains.GetGrain<IBudgetGrain>(stranger).GetStatus()).Reserved);
    }

    [Theory]
    [InlineData("task", RefusalCodes.BudgetPerTask)]
    [InlineData("day", RefusalCodes.BudgetPerDay)]
    [InlineData("peer", RefusalCodes.BudgetPerPeer)]
    [InlineData("mandate", RefusalCodes.MandateInvalid)]
    public async Task A_spend_beyond_the_budget_is_not_signed(string limit, string code)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        string low = $"{World.Price - 1}", high = "1000000";
        await shop.Budget.SetPolicy(new SpendingPolicy
        {
            PerTask = limit == "task" ? low : high,
            PerDay = limit == "day" ? low : high,
            PerPeer = limit == "peer" ? low : high,
        });

        PurchaseResult refused = await shop.Purchase("p-1").Buy(shop.Intent with { MandateId = limit == "mandate" ? "none" : "" });

        Assert.Equal((PurchaseStage.New, code), (refused.Stage, refused.Refusal?.Code));
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task One_wallet_has_one_budget_however_its_address_is_written()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerDay = $"{World.Price}" });
        PurchaseIntent lower = shop.Intent with { Wallet = shop.Intent.Wallet.ToLowerInvariant() };

        Assert.Equal(PurchaseStage.Delivered, (await shop.Purchase("p-1").Buy(lower)).Stage);

        Assert.Equal(RefusalCodes.BudgetPerDay, (await shop.BuyAsync("p-2")).Refusal?.Code);
    }

    [Fact]
    public async Task A_buyer_that_dies_between_signing_and_the_answer_shows_the_same_bytes_again()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        var shown = new TaskCompletionSource();
        var never = new TaskCompletionSource<SellerAnswer>();
        Func<PaidRequest, int, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnPay;
        shop.World.Sellers.OnPay = (_, _, _) =>
        {
            shown.SetResult();
            return never.Task;
        };
        Task<PurchaseResult> lost = shop.BuyAsync("p-1");
        await shown.Task;

        shop.World.Sellers.OnPay = desk;
        await shop.World.RestartAsync();
        PurchaseResult bought = await shop.BuyAsync("p-1");

        Assert.Equal(PurchaseStage.Delivered, bought.Stage);
        Assert.Equal(1, shop.World.Sellers.Quotes);
        Assert.Equal(2, shop.World.Sellers.Shown.Count);
        Assert.Equal(shop.World.Sellers.Shown[0], shop.World.Sellers.Shown[1]);
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
        await Assert.ThrowsAnyAsync<Exception>(() => lost);
        never.SetResult(new SellerAnswer(null, "late"));
    }

    [Fact]
    public async Task A_seller_that_is_away_after_payment_is_shown_the_same_payment_until_it_is_back()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        bool away = true;
        Func<PaidRequest, int, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnPay;
        shop.World.Sellers.OnPay = async (request, number, token) =>
        {
            SellerAnswer answer = await desk(request, number, token);
            return away ? new SellerAnswer(null, "The line is dead.") : answer;
        };

        PurchaseResult open = await shop.BuyAsync("p-1");
        away = false;
        PurchaseResult end = await shop.Purchase("p-1").Repeat();

        Assert.Equal((PurchaseStage.PaymentSigned, RefusalCodes.SellerUnreachable, true), (open.Stage, open.Refusal?.Code, open.Refusal?.Retryable));
        Assert.Equal(PurchaseStage.Delivered, end.Stage);
        Assert.Equal(4, shop.World.Sellers.Shown.Count);
        Assert.Single(shop.World.Sellers.Shown.Select(Convert.ToHexStringLower).Distinct());
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
    }

    [Fact]
    public async Task A_seller_that_is_away_before_payment_costs_nothing()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnRequest = (_, _, _) => Task.FromResult(new SellerAnswer(null, "No route."));

        PurchaseResult refused = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.New, RefusalCodes.SellerUnreachable, true), (refused.Stage, refused.Refusal?.Code, refused.Refusal?.Retryable));
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task A_purchase_that_the_seller_could_not_deliver_ends_refunded()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Failing("No."));

        PurchaseResult end = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.Refunded, RefusalCodes.SellerRefused), (end.Stage, end.Refusal?.Code));
        Assert.Matches("^0x[0-9a-f]{64}$", end.TransactionHash);
        Assert.Equal(1_000_000ul, await shop.World.Chain.BalanceAsync(shop.Wallet));
        Assert.Equal($"{World.Price}", (await shop.Budget.GetStatus()).SpentToday);
    }

    [Fact]
    public async Task An_owed_refund_is_remembered_and_asked_for_until_it_is_made()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnPay = (request, number, _) => Task.FromResult(new SellerAnswer(
            X402Error.Create(StreamErrorCode.ExecutionFailed, request.CorrelationId,
                number <= 3 ? "No. A refund is owed and under way." : $"No. The payment was refunded in 0x{new string('a', 64)}."), ""));

        Assert.Equal(PurchaseStage.RefundOwed, (await shop.BuyAsync("p-1")).Stage);
        await shop.World.RestartAsync();
        Assert.Equal(PurchaseStage.RefundOwed, (await shop.Purchase("p-1").Get()).Stage);
        PurchaseResult end = await shop.Purchase("p-1").Repeat();

        Assert.Equal((PurchaseStage.Refunded, "0x" + new string('a', 64)), (end.Stage, end.TransactionHash));
    }

    [Theory]
    [InlineData(StreamErrorCode.Busy, PurchaseStage.PaymentSigned)]
    [InlineData(StreamErrorCode.SettlementFailed, PurchaseStage.PaymentSigned)]
    [InlineData(StreamErrorCode.PaymentInvalid, PurchaseStage.Refused)]
    [InlineData(StreamErrorCode.PaymentNonceExpired, PurchaseStage.Refused)]
    public async Task What_can_still_change_is_no_end(StreamErrorCode code, PurchaseStage stage)
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnPay = (request, _, _) =>
            Task.FromResult(new SellerAnswer(X402Error.Create(code, request.CorrelationId, "No."), ""));

        PurchaseResult result = await shop.BuyAsync("p-1");

        Assert.Equal((stage, RefusalCodes.SellerRefused), (result.Stage, result.Refusal?.Code));
        Assert.Equal(stage == PurchaseStage.Refused ? 1 : 3, shop.World.Sellers.Shown.Count);
    }

    [Fact]
    public async Task A_sellers_word_that_it_took_nothing_frees_no_budget()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnPay = (request, _, _) =>
            Task.FromResult(new SellerAnswer(X402Error.Create(StreamErrorCode.PaymentInvalid, request.CorrelationId, "No."), ""));
        await shop.Budget.SetPolicy(new SpendingPolicy { PerDay = $"{World.Price}" });

        Assert.Equal(PurchaseStage.Refused, (await shop.BuyAsync("p-1")).Stage);

        Assert.Equal(RefusalCodes.BudgetPerDay, (await shop.BuyAsync("p-2")).Refusal?.Code);
    }

    [Fact]
    public async Task A_free_agent_is_bought_from_without_a_signature()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.World.DeclareAsync(World.Spec(shop.World, price: 0));

        PurchaseResult bought = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.Delivered, "did: work", "0"), (bought.Stage, bought.Output, bought.Amount));
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task Copies_of_one_purchase_are_one_payment()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), silos: 3);

        PurchaseResult[] results = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => shop.BuyAsync("p-1")));

        Assert.All(results, result => Assert.Equal(PurchaseStage.Delivered, result.Stage));
        Assert.Equal((1, 1), (shop.World.Sellers.Quotes, shop.World.Sellers.Shown.Count));
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
    }

    [Fact]
    public async Task Nothing_was_bought_under_an_id_that_nobody_used()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());

        Assert.Equal(PurchaseStage.New, (await shop.Purchase("p-9").Get()).Stage);
        Assert.Equal(PurchaseStage.New, (await shop.Purchase("p-9").Repeat()).Stage);
        await shop.AssertNothingSpentAsync();
    }

    /// <summary>Equal but for the times of the steps, which belong to the call that took them.</summary>
    private static void AssertSame(PurchaseResult expected, PurchaseResult actual) =>
        Assert.Equal(expected with { Steps = s_noSteps }, actual with { Steps = s_noSteps });
}
