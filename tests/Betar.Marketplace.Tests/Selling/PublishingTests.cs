using System.Text;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Records;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Selling;

public sealed class PublishingTests
{
    [Fact]
    public void What_one_publishes_the_others_see_signed() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);

        var result = await seller.PublishAsync();

        Assert.True(result.Changed);
        var seen = buyer.Market.Find(result.Id)!;
        Assert.Equal(TrustLevel.Verified, seen.Trust);
        Assert.Equal("1000", seen.PriceAtomic.ToString());
        Assert.Equal(seller.Offer().Payee, seen.PayTo);
        Assert.Equal(seller.Offer().Network, seen.Network);
        Assert.Equal(seller.Offer().Skills, seen.Skills);
        Assert.True(seen.MayBuy(acceptUnverified: false));
        Assert.Equal(TrustLevel.Own, seller.TrustIn(result.Id));
    });

    [Fact]
    public void The_set_carries_what_an_original_reads() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);

        var result = await seller.PublishAsync();

        var entry = seller.Replica.Find(ListingKey.Of(result.Id))!;
        Assert.True(ListingJson.TryDecode(entry.Key, entry.Value.Span, new ListingLimits(), out var listing, out _));
        Assert.Equal(("alpha", "0.001", seller.Peer.ToString()), (listing.Name, listing.Price, listing.SellerId));
        Assert.True(Betar.Libp2p.Multiformats.Cid.TryParse(listing.Metadata, out var cid));
        Assert.True(SignedListing.TryOpen(world.Blocks[cid].Data.Span, new RecordLimits(), out var signed, out _));
        Assert.Equal(result.Version, signed.Record.Version);
        Assert.DoesNotContain("payTo", Encoding.UTF8.GetString(entry.Value.Span), StringComparison.Ordinal);
        Assert.All(world.Set.Keys, key => Assert.True(ListingKey.TryParse(key, out _)));
    });

    [Fact]
    public void The_same_offer_writes_nothing_again() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var first = await seller.PublishAsync();

        var second = await seller.PublishAsync();

        Assert.False(second.Changed);
        Assert.Equal(first.Version, second.Version);
        Assert.Equal(1, world.Set.BlocksOf(seller.Peer));
        Assert.Single(world.Topics.Messages);
    });

    [Fact]
    public void A_change_is_one_node_one_announcement_and_one_version_more() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var first = await seller.PublishAsync();

        var second = await seller.PublishAsync(price: 2000);

        Assert.True(second.Version > first.Version);
        Assert.Equal(2, world.Set.BlocksOf(seller.Peer));
        Assert.Equal(["list", "update"], world.Topics.Messages.Select(message => Encoding.UTF8.GetString(message.Data.Span).Split('"')[3]));
        Assert.Equal("2000", buyer.Market.Find(second.Id)!.PriceAtomic.ToString());
    });

    [Fact]
    public void Many_listings_are_few_nodes() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);

        var results = await seller.Market.PublishAsync([.. Enumerable.Range(0, 600).Select(n => seller.Offer($"agent-{n}"))], CancellationToken.None);
        await world.SettleAsync();

        Assert.All(results, result => Assert.True(result.Changed));
        Assert.Equal([256, 256, 88], world.Set.Nodes.Select(node => node.Elements));
        Assert.Equal(256, world.Topics.Messages.Count);
        Assert.All(results, result => Assert.Equal(TrustLevel.Verified, buyer.TrustIn(result.Id)));
    });

    [Fact]
    public void A_listing_is_renewed_when_half_of_its_life_is_over_and_its_node_is_the_only_one() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, Slow);
        var buyer = await world.AddAsync(2, Slow);
        await seller.Market.PublishAsync([seller.Offer("a"), seller.Offer("b")], CancellationToken.None);

        await world.PassAsync(TimeSpan.FromDays(3.4));
        Assert.Equal(1, world.Set.BlocksOf(seller.Peer));
        await world.PassAsync(TimeSpan.FromDays(0.2));

        Assert.Equal(2, world.Set.BlocksOf(seller.Peer));
        Assert.Equal(2, world.Topics.Messages.Count);
        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(seller.Somebody.Id("a")));
        Assert.True(buyer.Market.Find(seller.Somebody.Id("b"))!.Expires > world.Time.GetUtcNow() + TimeSpan.FromDays(6));
    });

    [Fact]
    public void What_is_taken_back_vanishes_everywhere_and_stays_away() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        var old = seller.Replica.Find(ListingKey.Of(id))!.Value.ToArray();

        await seller.WithdrawAsync();

        Assert.Null(buyer.Market.Find(id));
        Assert.Null(seller.Market.Find(id));
        Assert.Empty(world.Set.Keys);
        Assert.Null(buyer.Changes[^1].Listing);

        // An original that heard it before writes it back; a buyer that comes later is told better.
        buyer.Replica.Put(ListingKey.Of(id), old);
        var late = await world.AddAsync(3);
        await world.SettleAsync();
        Assert.Null(buyer.Market.Find(id));
        Assert.Null(late.Market.Find(id));

        await world.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(world.Set.Keys);
    });

    [Fact]
    public void What_was_taken_back_can_be_offered_again() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        await seller.PublishAsync();
        await seller.WithdrawAsync();

        var again = await seller.PublishAsync();

        Assert.True(again.Changed);
        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(again.Id));
    });

    [Fact]
    public void An_offer_under_anothers_id_is_refused_as_a_value() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        using var other = new Somebody(2);

        var results = await seller.Market.PublishAsync([seller.Offer() with { Id = other.Id() }, seller.Offer("b")], CancellationToken.None);

        Assert.Contains("IdOfAnother", results[0].Fault, StringComparison.Ordinal);
        Assert.Null(results[1].Fault);
        Assert.Equal(1, world.Set.Nodes.Single().Elements);
    });

    [Fact]
    public void Versions_go_on_after_a_restart_and_after_the_loss_of_the_store() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var first = await seller.PublishAsync();

        await seller.RestartAsync();
        await world.SettleAsync();
        Assert.False((await seller.PublishAsync()).Changed);

        await seller.StopAsync();
        world.Peers.Remove(seller);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        var reborn = await world.AddAsync(1);
        var second = await reborn.PublishAsync(price: 5);

        Assert.True(second.Version > first.Version);
        Assert.Equal("5", buyer.Market.Find(second.Id)!.PriceAtomic.ToString());
    });

    [Fact]
    public void A_receipt_says_who_holds_the_version_since_when() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var first = await seller.PublishAsync();
        var at = world.Time.GetUtcNow();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        var late = await world.AddAsync(3);
        await world.SettleAsync();

        var receipt = (await seller.ReceiptAsync(first.Id))!;

        Assert.Equal((first.Version, first.Node), (receipt.Version, receipt.Node));
        Assert.Equal([buyer.Peer, late.Peer], receipt.Holders.Select(holder => holder.Peer));
        Assert.True(receipt.Holders[0].Since <= at && receipt.Holders[1].Since > at);

        buyer.Network.IsCutOff = true;
        await seller.PublishAsync(price: 7);
        Assert.Equal([late.Peer], (await seller.ReceiptAsync(first.Id))!.Holders.Select(holder => holder.Peer));
        Assert.Null(await buyer.ReceiptAsync(first.Id));
    });

    private static void Slow(MarketplaceOptions options) => options.TendInterval = TimeSpan.FromMinutes(5);
}
