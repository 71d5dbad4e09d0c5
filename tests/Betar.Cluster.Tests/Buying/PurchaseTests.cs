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
