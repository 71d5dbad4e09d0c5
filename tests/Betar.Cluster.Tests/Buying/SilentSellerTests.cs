using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;

namespace Betar.Cluster.Tests.Buying;

/// <summary>A seller who hears and says nothing: the buyer waits for so long, and then knows what it knows.</summary>
public sealed class SilentSellerTests
{
    private static readonly WorldOptions s_impatient = new() { AnswerTimeout = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task Without_a_quote_nothing_is_spent_and_the_buyer_may_ask_again()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), s_impatient);
        shop.World.Sellers.OnRequest = (_, _, token) => SilenceAsync(token);

        PurchaseResult result = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.New, RefusalCodes.SellerUnreachable, true), (result.Stage, result.Refusal?.Code, result.Refusal?.Retryable));
        Assert.Equal("The seller did not answer in time.", result.Refusal!.Message);
        await shop.AssertNothingSpentAsync();
    }

    [Fact]
    public async Task After_the_payment_was_shown_it_is_kept_and_shown_again_and_never_replaced()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo(), s_impatient);
        shop.World.Sellers.OnPay = (_, _, token) => SilenceAsync(token);

        PurchaseResult result = await shop.BuyAsync("p-1");

        Assert.Equal((PurchaseStage.PaymentSigned, RefusalCodes.SellerUnreachable), (result.Stage, result.Refusal?.Code));
        Assert.Equal(3, shop.World.Sellers.Shown.Count);
        Assert.All(shop.World.Sellers.Shown, shown => Assert.Equal(shop.World.Sellers.Shown[0], shown));
    }

    private static async Task<SellerAnswer> SilenceAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException("unreachable");
    }
}
