using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Exchange;

/// <summary>Bounds of what nodes of ours exchange, each with one more than fits.</summary>
public sealed class ExchangeLimitTests
{
    [Fact]
    public void One_pull_takes_so_many_pages_and_the_next_goes_on() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, Small);
        await seller.Market.PublishAsync([.. Enumerable.Range(0, 40).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);
        world.Set.Keys.ToList().ForEach(key => seller.Replica.Delete(IdOf(key)));
        world.Blocks.Clear();
        var late = await world.AddAsync(2, Small);
        await world.SettleAsync();

        // Meeting begins a pull on either side of it, of two pages with four records each.
        Assert.InRange(Verified(late), 8, 16);

        await world.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(40, Verified(late));

        static void Small(MarketplaceOptions options) =>
            (options.Exchange.MaxRecordsPerMessage, options.Exchange.MaxPages) = (4, 2);
    });

    [Fact]
    public void So_many_receipts_are_kept_the_newest_of_them() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Exchange.MaxReceipts = 2);
        await world.AddAsync(2);
        var ids = new List<string>();
        foreach (var name in new[] { "a", "b", "c" })
            ids.Add((await seller.PublishAsync(name)).Id);

        var holders = await Task.WhenAll(ids.Select(async id => (await seller.ReceiptAsync(id))!.Holders.Count));
        Assert.Equal([0, 1, 1], holders);
    });

    [Fact]
    public void A_receipt_is_of_one_version_and_begins_anew_with_the_next() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        var first = (await seller.ReceiptAsync(id))!.Holders.Single();
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await seller.PublishAsync(price: 2);
        var second = (await seller.ReceiptAsync(id))!.Holders.Single();

        Assert.Equal((buyer.Peer, buyer.Peer), (first.Peer, second.Peer));
        Assert.True(second.Since > first.Since);

        buyer.Network.IsCutOff = true;
        await world.PassAsync(TimeSpan.FromMinutes(1));
        await seller.PublishAsync(price: 3);
        Assert.Empty((await seller.ReceiptAsync(id))!.Holders);
    });

    [Fact]
    public void Nobody_is_given_receipts_for_what_is_not_its_own() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;

        Assert.Null(await buyer.ReceiptAsync(id));
        Assert.Null(await seller.ReceiptAsync("never heard of"));
    });

    [Fact]
    public void Of_many_changes_at_once_so_many_are_announced_and_all_are_listed() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1, options => options.Selling.MaxAnnouncements = 3);
        var buyer = await world.AddAsync(2);

        await seller.Market.PublishAsync([.. Enumerable.Range(0, 10).Select(n => seller.Offer($"a{n}"))], CancellationToken.None);
        await world.SettleAsync();

        Assert.Equal(3, world.Topics.Messages.Count(message => message.Author == seller.Peer));
        Assert.Equal(10, Verified(buyer));
    });

    private static int Verified(MarketPeer peer) => peer.Market.Search(new SearchQuery { Trust = [TrustLevel.Verified], Limit = 500 }).Matches;

    private static string IdOf(string key) => Marketplace.Listings.ListingKey.TryParse(key, out var id) ? id : throw new ArgumentException(key);
}
