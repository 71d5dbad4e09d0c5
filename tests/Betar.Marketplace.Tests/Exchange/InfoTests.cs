using System.Text;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class InfoTests
{
    [Fact]
    public void We_answer_with_what_we_sell_and_with_nothing_else() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var other = await world.AddAsync(2);
        await seller.PublishAsync("a");
        await seller.PublishAsync("b");
        await seller.WithdrawAsync("b");
        await other.PublishAsync("c");
        Assert.Equal(2, seller.Market.Search(new Marketplace.Search.SearchQuery()).Matches);

        var answer = await seller.Network.BeAskedAsync(other.Peer, InfoExchange.Type);

        Assert.True(ListingJson.TryDecodeAnswers(answer.Span, new ListingLimits(), 10, out var listings));
        var listing = Assert.Single(listings);
        Assert.Equal(("a", "1000", seller.Offer().Payee), (listing.Name, listing.PriceAtomic, listing.PayTo));
    });

    [Fact]
    public void The_answer_stays_below_its_bound() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Exchange.MaxInfoBytes = 2000);
        await seller.Market.PublishAsync([.. Enumerable.Range(0, 20).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);

        var answer = await seller.Network.BeAskedAsync(seller.Peer, InfoExchange.Type);

        Assert.InRange(answer.Length, 1000, 2000);
        Assert.True(ListingJson.TryDecodeAnswers(answer.Span, new ListingLimits(), 100, out _));
    });

    [Fact]
    public void Other_questions_go_to_who_can_answer_them() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Handlers["order.create"] = (_, _, _, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>("{}"u8.ToArray()));

        Assert.Equal("{}", await Ask("order.create"));
        Assert.Equal("unknown message type: execute", await Ask("execute"));

        async Task<string> Ask(string type) => Encoding.UTF8.GetString((await seller.Network.BeAskedAsync(seller.Peer, type)).Span);
    });

    [Fact]
    public void Who_asks_too_often_is_told_so() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Exchange.QuestionBurst = 1);

        Assert.Equal("[]", Encoding.UTF8.GetString((await seller.Network.BeAskedAsync(seller.Peer, "info")).Span));
        Assert.Equal("too many questions", Encoding.UTF8.GetString((await seller.Network.BeAskedAsync(seller.Peer, "info")).Span));
    });

    [Fact]
    public void Of_an_answer_counts_what_the_peer_says_of_itself() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var original = new Somebody(9);
        using var other = new Somebody(8);

        await original.SayAsync(world, buyer, WordSource.Info, original.Listing() with { PayTo = "0xAB" }, other.Listing());

        Assert.Equal((TrustLevel.Attested, "0xAB"), (buyer.TrustIn(original.Id()), buyer.Market.Find(original.Id())!.PayTo));
        Assert.Null(buyer.Market.Find(other.Id()));
        Assert.Empty(world.Set.Nodes);
    });

    [Fact]
    public void A_payee_counts_only_when_the_seller_was_asked_for_it() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var original = new Somebody(9);

        world.Set.Write(original.Peer, [new Marketplace.Replication.ReplicaWrite(ListingKey.Of(original.Id()), ListingJson.EncodeAnswer(original.Listing() with { PayTo = "0xAB" }))]);

        Assert.Equal((TrustLevel.Attested, null), (buyer.TrustIn(original.Id()), buyer.Market.Find(original.Id())!.PayTo));
    });

    [Fact]
    public void A_peer_is_asked_once_in_ten_minutes() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var original = new Somebody(9);
        var asked = 0;
        buyer.Network.Strangers[original.Peer] = (_, _, _, _) =>
        {
            asked++;
            return ValueTask.FromResult<ReadOnlyMemory<byte>>("[]"u8.ToArray());
        };
        for (var i = 0; i < 5; i++)
        {
            buyer.Network.Met(original.Peer);
            await world.PassAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, asked);
        await world.PassAsync(TimeSpan.FromMinutes(6));
        buyer.Network.Met(original.Peer);
        await world.SettleAsync();
        Assert.Equal(2, asked);
    });

    [Fact]
    public void An_answer_that_was_cut_takes_nothing_away() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1, options => options.Exchange.MaxInfoListings = 2);
        using var original = new Somebody(9);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing("z"));

        await original.SayAsync(world, buyer, WordSource.Info, original.Listing("a"), original.Listing("b"));

        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id("z")));
    });

    [Fact]
    public void A_plain_text_in_place_of_an_answer_changes_nothing() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var original = new Somebody(9);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());
        buyer.Network.Strangers[original.Peer] = (_, _, _, _) => ValueTask.FromResult<ReadOnlyMemory<byte>>("unknown message type: info"u8.ToArray());

        buyer.Network.Met(original.Peer);
        await world.SettleAsync();

        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id()));
    });
}
