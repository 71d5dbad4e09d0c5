using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;

namespace Betar.Cluster.Tests.Buying;

/// <summary>A store that does not write: what a grain then believes is what is stored, and no payment leaves that is not.</summary>
public sealed class FailedWriteTests
{
    [Fact]
    public async Task A_budget_that_could_not_be_stored_was_never_set_aside()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerDay = "100" });
        shop.World.Storage.FailNextWrite("budget");

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Budget.Reserve(Request("p-1", 100)));

        Assert.Equal("0", (await shop.Budget.GetStatus()).Reserved);
        Assert.True((await shop.Budget.Reserve(Request("p-2", 100))).IsOk);
    }

    [Fact]
    public async Task A_policy_that_could_not_be_stored_does_not_hold()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerTask = "5" });
        shop.World.Storage.FailNextWrite("budget");

        await Assert.ThrowsAnyAsync<Exception>(() => shop.Budget.SetPolicy(new SpendingPolicy { PerTask = "500" }));

        Assert.False((await shop.Budget.Reserve(Request("p-1", 6))).IsOk);
    }

    [Fact]
    public async Task A_payment_that_could_not_be_stored_is_shown_to_nobody()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Storage.FailNextWrite("purchase");

        await Assert.ThrowsAnyAsync<Exception>(() => shop.BuyAsync("p-1"));

        Assert.Empty(shop.World.Sellers.Shown);
        Assert.Equal(PurchaseStage.New, (await shop.Purchase("p-1").Get()).Stage);
        Assert.Equal(PurchaseStage.Delivered, (await shop.BuyAsync("p-1")).Stage);
        Assert.Single(shop.World.Sellers.Shown);
        BudgetStatus budget = await shop.Budget.GetStatus();
        Assert.Equal(($"{World.Price}", "0"), (budget.SpentToday, budget.Reserved));
    }

    private static SpendRequest Request(string purchase, ulong amount) =>
        new() { PurchaseId = purchase, Payee = "payee", Amount = $"{amount}" };
}
