using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Replication;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

/// <summary>The six levels, and what foreign changes of the set do to each: nothing.</summary>
public sealed class TrustTests
{
    [Fact]
    public void A_foreign_overwrite_or_delist_of_a_verified_listing_changes_nothing_that_buyers_see() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, Slow);
        var buyer = await world.AddAsync(2, Slow);
        var liar = await world.AddAsync(3, Slow);
        var id = (await seller.PublishAsync()).Id;
        await seller.StopAsync();
        var seen = buyer.Market.Find(id)!;

        liar.Replica.Put(seller.Somebody.Listing(price: "0.000001") with { SellerId = liar.Peer.ToString() });
        Assert.Equal(Unmarked(seen), Unmarked(buyer.Market.Find(id)!));
        Assert.True(buyer.Market.Find(id)!.Contested);

        liar.Replica.Delete(id);
        Assert.Equal(Unmarked(seen), Unmarked(buyer.Market.Find(id)!));
        Assert.True(buyer.Market.Find(id)!.MayBuy(acceptUnverified: false));

        await world.PassAsync(TimeSpan.FromDays(6));
        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
    });

    [Fact]
    public void A_verified_listing_survives_an_original_that_rewrites_its_announcement() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        using var original = new OriginalNode(world, 9);
        var id = (await seller.PublishAsync()).Id;
        original.RewriteAll();
        await seller.StopAsync();
        world.Peers.Remove(seller);

        // A buyer that never met the seller: all that it has is what the original wrote, and the block by its name.
        var buyer = await world.AddAsync(2);
        await world.SettleAsync();

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
        Assert.False(buyer.Market.Find(id)!.Contested);
        Assert.NotEmpty(buyer.Blocks.Fetched);
    });

    [Fact]
    public void A_verified_record_yields_to_a_newer_version_only() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var first = await seller.PublishAsync();
        var old = seller.Replica.Find(ListingKey.Of(first.Id))!.Value.ToArray();
        await world.PassAsync(TimeSpan.FromSeconds(1));
        await seller.PublishAsync(price: 2000);

        // The old value with the old record's name comes back, and its block is still there.
        buyer.Replica.Put(ListingKey.Of(first.Id), old);
        await world.SettleAsync();

        Assert.Equal("2000", buyer.Market.Find(first.Id)!.PriceAtomic.ToString());
        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(first.Id));
    });

    [Fact]
    public void A_record_expires_is_shown_as_expired_and_is_forgotten() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, Slow);
        var buyer = await world.AddAsync(2, Slow);
        var id = (await seller.PublishAsync()).Id;
        await seller.StopAsync();
        buyer.Replica.Delete(id);

        await world.PassAsync(TimeSpan.FromDays(7.01));
        Assert.Equal(TrustLevel.Expired, buyer.TrustIn(id));
        Assert.False(buyer.Market.Find(id)!.MayBuy(acceptUnverified: true));
        Assert.Equal(TrustLevel.Expired, buyer.Changes[^1].Listing!.Trust);

        await world.PassAsync(TimeSpan.FromDays(7.01));
        Assert.Null(buyer.Market.Find(id));
        Assert.Equal(0, buyer.Market.Count);
        Assert.Null(buyer.Changes[^1].Listing);
    });

    [Theory]
    [InlineData(WordSource.Announcement)]
    [InlineData(WordSource.Head)]
    [InlineData(WordSource.Info)]
    public void What_a_seller_says_itself_is_attested(WordSource source) => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        await original.SayAsync(world, buyer, source, original.Listing());

        var seen = buyer.Market.Find(original.Id())!;
        Assert.Equal(TrustLevel.Attested, seen.Trust);
        Assert.True(seen.MayBuy(acceptUnverified: false));
    });

    [Theory]
    [InlineData(WordSource.Announcement)]
    [InlineData(WordSource.Head)]
    [InlineData(WordSource.Info)]
    public void What_others_make_of_an_attested_listing_is_disputed_and_what_the_seller_said_is_shown(WordSource source) => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        await original.SayAsync(world, buyer, source, original.Listing());

        liar.Replica.Put(original.Listing(price: "9") with { Addresses = ["/ip4/6.6.6.6/tcp/1"] });

        var seen = buyer.Market.Find(original.Id())!;
        Assert.Equal((TrustLevel.Disputed, "0.001"), (seen.Trust, seen.Price));
        Assert.Equal(original.Listing().Addresses, seen.Addresses);
        Assert.False(seen.MayBuy(acceptUnverified: false));
        Assert.True(seen.MayBuy(acceptUnverified: true));

        liar.Replica.Delete(original.Id());
        Assert.Equal((TrustLevel.Disputed, "0.001"), (buyer.Market.Find(original.Id())!.Trust, buyer.Market.Find(original.Id())!.Price));

        liar.Replica.Put(original.Listing());
        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id()));
    });

    [Fact]
    public void What_anybody_says_is_hearsay() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var other = await world.AddAsync(2);

        other.Replica.Put(original.Listing());

        var seen = buyer.Market.Find(original.Id())!;
        Assert.Equal(TrustLevel.Hearsay, seen.Trust);
        Assert.False(seen.MayBuy(acceptUnverified: false));
        Assert.Null(seen.PayTo);
    });

    [Fact]
    public void Who_the_id_belongs_to_is_not_what_a_liar_says() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        liar.Replica.Put(original.Listing());

        // The liar names itself as the seller of another's id, and is the first to broadcast it, announces it, and answers so.
        var stolen = original.Listing() with { SellerId = liar.Peer.ToString(), Price = "5" };
        liar.Replica.Put(stolen);
        await world.Topics.SayAsync(liar.Peer, new Announcement(AnnouncementKind.Update, stolen).Encode());

        var seen = buyer.Market.Find(original.Id())!;
        Assert.Equal((TrustLevel.Disputed, "0.001", original.Peer.ToString()), (seen.Trust, seen.Price, seen.SellerId));
    });

    [Fact]
    public void An_id_that_begins_with_a_seller_is_nobody_elses() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        var id = $"{original.Peer}/{original.Id()}";

        await world.Topics.SayAsync(liar.Peer, new Announcement(AnnouncementKind.List, original.Listing() with { Id = id, SellerId = liar.Peer.ToString() }).Encode());
        Assert.Null(buyer.Market.Find(id));

        liar.Replica.Put(original.Listing() with { Id = id, SellerId = liar.Peer.ToString() });
        Assert.Equal((TrustLevel.Hearsay, true), (buyer.TrustIn(id), buyer.Market.Find(id)!.Contested));

        await world.Topics.SayAsync(original.Peer, new Announcement(AnnouncementKind.List, original.Listing() with { Id = id }).Encode());
        Assert.Equal(original.Peer.ToString(), buyer.Market.Find(id)!.SellerId);
    });

    [Fact]
    public void Of_an_id_that_anybody_can_have_made_the_first_to_speak_counts() => MarketWorld.Run(async world =>
    {
        using var first = new Somebody(8);
        using var second = new Somebody(9);
        var buyer = await world.AddAsync(1);
        const string id = "9c858901-8a57-4791-81fe-4c455b099bc9";
        await world.Topics.SayAsync(first.Peer, new Announcement(AnnouncementKind.List, first.Listing() with { Id = id }).Encode());

        await world.Topics.SayAsync(second.Peer, new Announcement(AnnouncementKind.List, second.Listing() with { Id = id }).Encode());
        await world.Topics.SayAsync(second.Peer, new Announcement(AnnouncementKind.Delist, second.Listing() with { Id = id }).Encode());

        Assert.Equal((TrustLevel.Attested, first.Peer.ToString()), (buyer.TrustIn(id), buyer.Market.Find(id)!.SellerId));
    });

    [Fact]
    public void A_seller_that_takes_its_unsigned_listing_back_is_believed_and_nobody_else() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var liar = await world.AddAsync(2);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());

        await world.Topics.SayAsync(liar.Peer, new Announcement(AnnouncementKind.Delist, original.Listing()).Encode());
        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id()));

        await world.Topics.SayAsync(original.Peer, new Announcement(AnnouncementKind.Delist, original.Listing()).Encode());
        Assert.Null(buyer.Market.Find(original.Id()));
        liar.Replica.Put(original.Listing());
        Assert.Null(buyer.Market.Find(original.Id()));
    });

    [Fact]
    public void What_a_seller_no_longer_answers_with_is_gone() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        await original.SayAsync(world, buyer, WordSource.Info, original.Listing(), original.Listing("beta"));
        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id("beta")));

        await world.PassAsync(TimeSpan.FromMinutes(11));
        await original.SayAsync(world, buyer, WordSource.Info, original.Listing());

        Assert.Null(buyer.Market.Find(original.Id("beta")));
        Assert.Equal(TrustLevel.Attested, buyer.TrustIn(original.Id()));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_is_not_heard_any_more_expires_and_is_forgotten(bool attested) => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1, Slow);
        var other = await world.AddAsync(2, Slow);
        if (attested)
            await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());
        other.Replica.Put(original.Listing());

        await world.PassAsync(TimeSpan.FromHours(23.9));
        Assert.Equal(attested ? TrustLevel.Attested : TrustLevel.Hearsay, buyer.TrustIn(original.Id()));
        await world.PassAsync(TimeSpan.FromHours(0.2));
        Assert.Equal(TrustLevel.Expired, buyer.TrustIn(original.Id()));
        await world.PassAsync(TimeSpan.FromDays(7));
        Assert.Null(buyer.Market.Find(original.Id()));
    });

    [Fact]
    public void Who_is_heard_again_is_alive_again() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1, Slow);
        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing());
        await world.PassAsync(TimeSpan.FromHours(20));

        buyer.Market.Heard(original.Peer);
        await world.PassAsync(TimeSpan.FromHours(20));

        Assert.Equal((TrustLevel.Attested, true), (buyer.TrustIn(original.Id()), buyer.Market.Find(original.Id())!.IsAlive));
    });

    [Fact]
    public void Garbage_under_a_key_is_no_listing_and_takes_none_away() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;

        buyer.Replica.Put(ListingKey.Of(id), "not json"u8.ToArray());
        buyer.Replica.Put(ListingKey.Of("ghost"), ListingJson.Encode(seller.Somebody.Listing()));
        buyer.Replica.Put("/agents/%%%", ListingJson.Encode(seller.Somebody.Listing()));

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
        Assert.Null(buyer.Market.Find("ghost"));
        Assert.Equal(1, buyer.Market.Count);
    });

    [Fact]
    public void A_price_that_nobody_can_pay_is_shown_and_is_none() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);

        await original.SayAsync(world, buyer, WordSource.Announcement, original.Listing(price: "-1"));

        Assert.Equal(("-1", null), (buyer.Market.Find(original.Id())!.Price, buyer.Market.Find(original.Id())!.PriceAtomic));
    });

    [Fact]
    public void Both_ways_to_name_an_agent_find_it() => MarketWorld.Run(async world =>
    {
        using var sdk = new Somebody(9);
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var bare = (await seller.PublishAsync()).Id;
        var prefixed = $"{sdk.Peer}/{sdk.Id()}";
        await sdk.SayAsync(world, buyer, WordSource.Announcement, sdk.Listing() with { Id = prefixed });

        Assert.Equal(bare, buyer.Market.Find($"{seller.Peer}/{bare}")!.Id);
        Assert.Null(buyer.Market.Find($"{sdk.Peer}/{bare}"));
        Assert.Equal(prefixed, buyer.Market.Find(sdk.Id())!.Id);
        Assert.Equal(prefixed, buyer.Market.Find(prefixed)!.Id);
    });

    private static void Slow(MarketplaceOptions options) => options.TendInterval = TimeSpan.FromMinutes(5);

    private static MarketListing Unmarked(MarketListing listing) =>
        listing with { Contested = false, LastSeen = default, Addresses = [], Protocols = [], Skills = [] };
}
