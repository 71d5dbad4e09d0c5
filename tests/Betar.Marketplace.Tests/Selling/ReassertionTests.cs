using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Selling;

public sealed class ReassertionTests
{
    [Fact]
    public void Against_an_original_that_rewrites_every_announcement_a_listing_costs_three_blocks_at_the_most() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        using var original = new OriginalNode(world, 9);
        await seller.PublishAsync();

        for (var i = 0; i < 20; i++)
        {
            await world.PassAsync(TimeSpan.FromSeconds(30));
            original.RewriteAll();
        }

        Assert.Equal(20 + 1, original.Blocks);
        Assert.InRange(world.Set.BlocksOf(seller.Peer), 1, 3);
        Assert.Equal(TrustLevel.Own, seller.TrustIn(seller.Somebody.Id()));
    });

    [Theory]
    [InlineData("price")]
    [InlineData("seller")]
    [InlineData("delete")]
    [InlineData("garbage")]
    public void Against_a_liar_that_changes_the_meaning_all_the_time_it_costs_three_blocks_in_ten_minutes(string lie) => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var liar = await world.AddAsync(3);
        var id = (await seller.PublishAsync()).Id;
        var seen = buyer.Market.Find(id)!;
        buyer.Changes.Clear();

        for (var i = 0; i < 600; i++)
        {
            Lie();
            await world.PassAsync(TimeSpan.FromSeconds(1));
            var now = buyer.Market.Find(id)!;
            Assert.Equal((seen.Price, seen.PayTo, seen.SellerId, seen.Trust), (now.Price, now.PayTo, now.SellerId, now.Trust));
            Assert.Equal(seen.Addresses, now.Addresses);
        }

        Assert.Equal(3, world.Set.BlocksOf(seller.Peer));
        Assert.All(buyer.Changes, change => Assert.Equal("1000", change.Listing!.PriceAtomic.ToString()));

        void Lie()
        {
            var listing = seller.Somebody.Listing() with { Timestamp = world.Time.GetUtcNow().ToUnixTimeSeconds() };
            if (lie == "delete")
                liar.Replica.Delete(id);
            else if (lie == "garbage")
                liar.Replica.Put(ListingKey.Of(id), "{"u8.ToArray());
            else
                liar.Replica.Put(lie == "price" ? listing with { Price = "9" } : listing with { SellerId = liar.Peer.ToString(), Addresses = ["/ip4/6.6.6.6/tcp/1"] });
        }
    });

    [Fact]
    public void A_meaning_that_was_changed_once_is_said_again_once() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        liar.Replica.Put(seller.Somebody.Listing(price: "9"));
        Assert.True(seller.Market.Find(id)!.Contested);

        await world.PassAsync(TimeSpan.FromSeconds(25));
        Assert.Equal(1, world.Set.BlocksOf(seller.Peer));
        await world.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, world.Set.BlocksOf(seller.Peer));
        Assert.False(seller.Market.Find(id)!.Contested);
        await world.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(2, world.Set.BlocksOf(seller.Peer));
    });

    [Fact]
    public void After_a_quiet_time_the_first_wait_counts_again() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        await seller.PublishAsync();
        for (var i = 2; i < 5; i++)
        {
            await world.PassAsync(TimeSpan.FromHours(2));
            liar.Replica.Delete(seller.Somebody.Id());
            await world.PassAsync(TimeSpan.FromMinutes(1));
            Assert.Equal(i, world.Set.BlocksOf(seller.Peer));
        }
    });

    [Fact]
    public void What_was_disturbed_while_the_node_was_down_is_said_again() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        await seller.PublishAsync();
        await seller.StopAsync();
        liar.Replica.Delete(seller.Somebody.Id());

        await seller.RestartAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.NotNull(liar.Replica.Find(ListingKey.Of(seller.Somebody.Id())));
    });

    [Fact]
    public void Disturbed_listings_are_said_again_together() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        await seller.Market.PublishAsync([.. Enumerable.Range(0, 50).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);
        for (var n = 0; n < 50; n++)
            liar.Replica.Delete(seller.Somebody.Id($"a{n}"));

        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, world.Set.BlocksOf(seller.Peer));
        Assert.Equal(50, world.Set.Keys.Count);
    });
}
