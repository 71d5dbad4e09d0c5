using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Buying;

/// <summary>What keeps a buyer from signing; until then nothing was promised and nothing costs.</summary>
public sealed class PurchaseBeforeSigningTests
{
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
    public async Task One_payee_has_one_limit_however_its_address_is_written()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerPeer = $"{World.Price}" });
        PurchaseIntent lower = shop.Intent with { PayTo = shop.Intent.PayTo.ToLowerInvariant() };

        Assert.Equal(PurchaseStage.Delivered, (await shop.Purchase("p-1").Buy(lower)).Stage);

        Assert.Equal(RefusalCodes.BudgetPerPeer, (await shop.BuyAsync("p-2")).Refusal?.Code);
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
    public async Task A_seller_that_is_away_before_payment_costs_nothing()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnRequest = (_, _, _) => Task.FromResult(new SellerAnswer(null, "No route."));

        PurchaseResult refused = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.New, RefusalCodes.SellerUnreachable, true), (refused.Stage, refused.Refusal?.Code, refused.Refusal?.Retryable));
        await shop.AssertNothingSpentAsync();
    }
}
