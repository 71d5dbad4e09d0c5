using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

public sealed class WhyTests
{
    [Fact]
    public void Of_ones_own_listing_it_says_who_holds_it_and_where_it_stands() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.PathScore = _ => 1.5);
        var buyer = await world.AddAsync(2);
        var result = await seller.PublishAsync();

        var why = (await seller.WhyAsync(result.Id))!;

        Assert.True(why.IsVisible);
        Assert.Equal((TrustLevel.Own, result.Version, result.Node), (why.Trust, why.Version, why.Node));
        Assert.Equal(ListingKey.Of(result.Id), why.Key);
        Assert.Equal(["This node sells it."], why.Reasons);
        Assert.Equal([buyer.Peer], why.Holders.Select(holder => holder.Peer));
        Assert.Equal(1.5, why.PathScores[seller.Peer]);
        Assert.Equal(Somebody.Start.AddDays(7), why.Expires);
    });

    [Fact]
    public void Of_a_verified_one_that_others_fight_it_says_so() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var liar = await world.AddAsync(3);
        var id = (await seller.PublishAsync()).Id;

        liar.Replica.Put(seller.Somebody.Listing(price: "9"));
        var why = (await buyer.WhyAsync(id))!;
        Assert.Equal(
            ["The seller's signature holds, and no newer version is known.", "Somebody else wrote something different into the replicated set; what the seller said is shown."],
            why.Reasons);
        Assert.Equal(liar.Peer, why.BroadcastBy);
        Assert.True(why.IsContested);

        liar.Replica.Delete(id);
        Assert.Contains("deleted it", (await buyer.WhyAsync(id))!.Reasons[1], StringComparison.Ordinal);
        Assert.Null((await buyer.WhyAsync(id))!.Node);
    });

    [Fact]
    public void Of_one_that_was_taken_back_it_says_why_nobody_sees_it() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        await seller.WithdrawAsync();

        var why = (await buyer.WhyAsync(id))!;

        Assert.Equal((false, true), (why.IsVisible, why.IsWithdrawn));
        Assert.Equal(["The seller has taken it back, and signed that."], why.Reasons);
    });

    [Theory]
    [InlineData(WordSource.Announcement, "it announced it")]
    [InlineData(WordSource.Head, "it was the first to broadcast it")]
    [InlineData(WordSource.Info, "it answered when it was asked")]
    public void Of_an_attested_one_it_says_how(WordSource source, string how) => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        await original.SayAsync(world, buyer, source, original.Listing());

        Assert.Equal([$"It is not signed; the seller itself said so ({how})."], (await buyer.WhyAsync(original.Id()))!.Reasons);
        Assert.Null((await buyer.WhyAsync(original.Id()))!.Version);
    });

    [Fact]
    public void Of_hearsay_it_says_that_anybody_may_have_written_it() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var other = await world.AddAsync(2);
        other.Replica.Put(original.Listing());

        Assert.Contains("anybody may have written it", (await buyer.WhyAsync(original.Id()))!.Reasons[0], StringComparison.Ordinal);
        Assert.Equal(other.Peer, (await buyer.WhyAsync(original.Id()))!.BroadcastBy);
        await world.PassAsync(TimeSpan.FromHours(25));
        Assert.Contains("for too long", (await buyer.WhyAsync(original.Id()))!.Reasons[1], StringComparison.Ordinal);
        Assert.Null(await buyer.WhyAsync("never heard of"));
    });
}
