using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Buying;

/// <summary>What a purchase set aside and then neither spent nor gave back, because its node died.</summary>
public sealed class ForgottenReservationTests
{
    private static readonly TimeSpan s_lifetime = new BuyingOptions().ReservationLifetime;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_purchase_that_signed_nothing_it_is_free_again_after_its_lifetime(bool restarted)
    {
        await using Shop shop = await OpenAsync(day: World.Price);
        Assert.True((await ReserveAsync(shop, "dead")).IsOk);
        if (restarted)
            await shop.World.RestartAsync();

        shop.World.Clock.Advance(s_lifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalCodes.BudgetPerDay, (await shop.BuyAsync("p-1")).Refusal?.Code);
        shop.World.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(PurchaseStage.Delivered, (await shop.BuyAsync("p-1")).Stage);
        await AssertStatusAsync(shop, spent: World.Price, reserved: 0);
    }

    [Fact]
    public async Task Of_a_purchase_that_signed_it_is_spent_whatever_becomes_of_it()
    {
        await using Shop shop = await OpenAsync(day: World.Price);
        shop.World.Sellers.OnPay = (_, _, _) => Task.FromResult(new SellerAnswer(null, "The line is dead."));
        Assert.Equal(PurchaseStage.PaymentSigned, (await shop.BuyAsync("open")).Stage);
        await AssertStatusAsync(shop, spent: 0, reserved: World.Price);

        shop.World.Clock.Advance(s_lifetime);

        Assert.Equal(RefusalCodes.BudgetPerDay, (await shop.BuyAsync("p-1")).Refusal?.Code);
        await AssertStatusAsync(shop, spent: World.Price, reserved: 0);
        shop.World.Sellers.OnPay = (request, _, _) =>
            Task.FromResult(new SellerAnswer(X402Error.Create(StreamErrorCode.PaymentInvalid, request.CorrelationId, "No."), ""));
        Assert.Equal(PurchaseStage.Refused, (await shop.Purchase("open").Repeat()).Stage);
        await AssertStatusAsync(shop, spent: World.Price, reserved: 0);
    }

    [Fact]
    public async Task A_purchase_that_is_under_way_for_long_holds_up_nobody_who_asks_what_it_signed()
    {
        await using Shop shop = await OpenAsync(day: 3 * World.Price);
        Func<PaidRequest, int, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnPay;
        var shown = new TaskCompletionSource();
        var answer = new TaskCompletionSource<SellerAnswer>();
        shop.World.Sellers.OnPay = (_, _, _) =>
        {
            shown.TrySetResult();
            return answer.Task;
        };
        Task<PurchaseResult> slow = shop.BuyAsync("slow");
        await shown.Task;
        shop.World.Sellers.OnPay = desk;
        shop.World.Clock.Advance(s_lifetime);

        Assert.Equal(PurchaseStage.Delivered, (await shop.BuyAsync("p-1")).Stage);

        Assert.False(slow.IsCompleted);
        await AssertStatusAsync(shop, spent: 2 * World.Price, reserved: 0);
        answer.SetResult(new SellerAnswer(X402Error.Create(StreamErrorCode.PaymentInvalid, "slow", "No."), ""));
        Assert.Equal(PurchaseStage.Refused, (await slow).Stage);
        await AssertStatusAsync(shop, spent: 2 * World.Price, reserved: 0);
    }

    [Fact]
    public async Task A_purchase_that_asks_again_later_is_counted_once_and_not_taken_for_forgotten()
    {
        await using Shop shop = await OpenAsync(day: 2 * World.Price - 1);
        Assert.True((await ReserveAsync(shop, "late")).IsOk);
        shop.World.Clock.Advance(s_lifetime);

        Assert.True((await ReserveAsync(shop, "late")).IsOk);

        await AssertStatusAsync(shop, spent: 0, reserved: World.Price);
        Assert.Equal(RefusalCodes.BudgetPerDay, (await ReserveAsync(shop, "other")).Refusal?.Code);
        shop.World.Clock.Advance(s_lifetime - TimeSpan.FromMinutes(1));
        Assert.Equal(RefusalCodes.BudgetPerDay, (await ReserveAsync(shop, "other")).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_spent_counts_from_when_it_was_set_aside()
    {
        await using Shop shop = await OpenAsync(day: World.Price);
        shop.World.Sellers.OnPay = (_, _, _) => Task.FromResult(new SellerAnswer(null, "The line is dead."));
        Assert.Equal(PurchaseStage.PaymentSigned, (await shop.BuyAsync("open")).Stage);
        shop.World.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(RefusalCodes.BudgetPerDay, (await ReserveAsync(shop, "p-1")).Refusal?.Code);

        shop.World.Clock.Advance(TimeSpan.FromMinutes(62));

        Assert.True((await ReserveAsync(shop, "p-1")).IsOk);
        await AssertStatusAsync(shop, spent: 0, reserved: World.Price);
    }

    private static async Task<Shop> OpenAsync(ulong day)
    {
        Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        await shop.Budget.SetPolicy(new SpendingPolicy { PerDay = $"{day}" });
        return shop;
    }

    private static Task<Outcome<SpendRequest>> ReserveAsync(Shop shop, string purchase) => shop.Budget.Reserve(
        new SpendRequest { PurchaseId = purchase, Payee = shop.World.PayTo.ToString(), Amount = $"{World.Price}" });

    private static async Task AssertStatusAsync(Shop shop, ulong spent, ulong reserved)
    {
        BudgetStatus status = await shop.Budget.GetStatus();
        Assert.Equal(($"{spent}", $"{reserved}"), (status.SpentToday, status.Reserved));
    }
}
