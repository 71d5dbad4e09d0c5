using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Buying;

/// <summary>From the moment that a payment is signed it is shown again until there is an end, and never another one made.</summary>
public sealed class PurchaseAfterSigningTests
{
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
    public async Task The_pause_before_the_next_showing_doubles()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.World.Sellers.OnPay = (_, _, _) => Task.FromResult(new SellerAnswer(null, "The line is dead."));
        shop.World.Clock.Waits.Clear();

        Assert.Equal(PurchaseStage.PaymentSigned, (await shop.BuyAsync("p-1")).Stage);

        Assert.Equal([10, 20], shop.World.Clock.Waits.Select(wait => wait.TotalMilliseconds).Where(wait => wait is 10 or 20 or 40));
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
}
