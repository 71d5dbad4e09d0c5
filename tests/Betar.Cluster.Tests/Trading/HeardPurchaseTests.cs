using Betar.Agents;
using Betar.Cluster.Tests.Buying;
using Betar.Cluster.Tests.Support;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Grains.Buying;
using Betar.Grains.Trading;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Cluster.Tests.Trading;

/// <summary>Purchases whose buyer hears pieces of the answer, from the seller's agent to whoever asked on this node.</summary>
public sealed class HeardPurchaseTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Pieces_reach_the_buyer_before_the_answer_is_there(short silos)
    {
        var gate = new TaskCompletionSource();
        await using Shop shop = await Shop.OpenAsync(Speaking("one ", gate.Task), silos);
        var heard = new HeardText();

        Task<PurchaseResult> trade = TraderOf(shop).TradeAsync(Order(heard), CancellationToken.None);
        await heard.UntilAsync("one ");
        Assert.False(trade.IsCompleted);
        gate.SetResult();
        PurchaseResult result = await trade;

        Assert.Equal((PurchaseStage.Delivered, "one two", $"{World.Price}"), (result.Stage, result.Output, result.Amount));
        var again = new HeardText();
        Assert.Equal("one two", (await TraderOf(shop).TradeAsync(Order(again), CancellationToken.None)).Output);
        Assert.Equal(("", 1), (again.Text, shop.World.Sellers.Shown.Count));
    }

    [Fact]
    public async Task A_seller_whose_pieces_broke_the_rules_is_shown_the_same_payment_without_them()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        int inPieces = 0;
        shop.World.Sellers.OnPayInPieces = (_, _, pieces, _) =>
        {
            inPieces++;
            pieces.Add("rubbish");
            return Task.FromResult(new SellerAnswer(null, "No answer: TooManyPieces.") { BrokePieces = true });
        };

        PurchaseResult result = await TraderOf(shop).TradeAsync(Order(new HeardText()), CancellationToken.None);

        Assert.Equal((PurchaseStage.Delivered, "did: work"), (result.Stage, result.Output));
        Assert.Equal((1, 2), (inPieces, shop.World.Sellers.Shown.Count));
        Assert.Equal(shop.World.Sellers.Shown[0], shop.World.Sellers.Shown[1]);
    }

    [Fact]
    public async Task A_stream_that_was_lost_gives_no_more_pieces_and_the_answer_all_the_same()
    {
        var gate = new TaskCompletionSource();
        await using Shop shop = await Shop.OpenAsync(Speaking("one ", gate.Task));
        Func<Betar.X402.Protocol.PaidRequest, int, Betar.X402.Pieces.IPieceSink, CancellationToken, Task<SellerAnswer>> desk = shop.World.Sellers.OnPayInPieces!;
        var heard = new HeardText();
        shop.World.Sellers.OnPayInPieces = async (request, number, pieces, token) =>
        {
            Task<SellerAnswer> answer = desk(request, number, pieces, token);
            if (number > 1)
                return await answer;
            await heard.UntilAsync("one ");
            gate.SetResult();
            return new SellerAnswer(null, "No answer: Disconnected.");
        };

        PurchaseResult result = await TraderOf(shop).TradeAsync(Order(heard), CancellationToken.None);

        Assert.Equal((PurchaseStage.Delivered, "one two"), (result.Stage, result.Output));
        Assert.StartsWith("one ", heard.Text, StringComparison.Ordinal);
        Assert.Equal(2, shop.World.Sellers.Shown.Count);
        Assert.Equal(1_000_000 - World.Price, await shop.World.Chain.BalanceAsync(shop.Wallet));
    }

    [Fact]
    public async Task Who_stops_waiting_stops_hearing_and_the_purchase_goes_on()
    {
        var gate = new TaskCompletionSource();
        await using Shop shop = await Shop.OpenAsync(Speaking("one ", gate.Task));
        var heard = new HeardText();
        using var impatience = new CancellationTokenSource();
        Task<PurchaseResult> trade = TraderOf(shop).TradeAsync(Order(heard), impatience.Token);
        await heard.UntilAsync("one ");
        await impatience.CancelAsync();

        Assert.Equal(PurchaseStage.PaymentSigned, (await trade).Stage);
        gate.SetResult();
        Assert.Equal("one two", (await TraderOf(shop).TradeAsync(Order(new HeardText()), CancellationToken.None)).Output);
        Assert.Single(shop.World.Sellers.Shown);
    }

    [Fact]
    public async Task A_refused_purchase_is_refused_whether_anybody_listens_or_not()
    {
        await using Shop shop = await Shop.OpenAsync(TestExecutor.Echo());
        shop.ChangeOffer(offer => offer with { Amount = "999999" });

        PurchaseResult result = await TraderOf(shop).TradeAsync(Order(new HeardText()), CancellationToken.None);

        Assert.Equal((PurchaseStage.New, RefusalCodes.OfferRefused), (result.Stage, result.Refusal?.Code));
        await shop.AssertNothingSpentAsync();
    }

    private static TestExecutor Speaking(string first, Task gate) => new(async (request, _) =>
    {
        await request.Partial!(first);
        await gate;
        return ExecutionOutcome.Ok("one two");
    });

    private static TradeOrder Order(HeardText heard) => new() { PurchaseId = "p-1", Agent = "remote", Input = "work", Partial = heard.Take };

    private static Trader TraderOf(Shop shop)
    {
        var offer = new AgentOffer
        {
            AgentId = World.Agent, Name = "remote", PriceAtomic = $"{World.Price}", PayTo = shop.World.PayTo.ToString(), Seller = "seller", SellerId = "seller",
        };
        var directory = new TestDirectory { Offers = { ["remote"] = offer } };
        return new Trader(shop.World.Grains, directory, directory, new BuyingWallet(shop.Wallet), shop.World.Clock, NullLogger<Trader>.Instance);
    }
}
