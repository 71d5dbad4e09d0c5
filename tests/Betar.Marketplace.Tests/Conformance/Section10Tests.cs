using Betar.Marketplace.Search;
using Betar.Marketplace.Tests.Selling;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Tests.Trust;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Conformance;

/// <summary>What the original does badly with listings is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests
{
    [Fact]
    public void Row18_nobody_changes_or_takes_away_what_a_seller_has_signed() =>
        new TrustTests().A_foreign_overwrite_or_delist_of_a_verified_listing_changes_nothing_that_buyers_see();

    [Fact]
    public void Row19_hearing_an_announcement_writes_nothing() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var hearers = new[] { await world.AddAsync(2), await world.AddAsync(3) };
        await seller.PublishAsync();
        await world.PassAsync(TimeSpan.FromHours(1));

        Assert.All(hearers, hearer => Assert.Equal(0, world.Set.BlocksOf(hearer.Peer)));
    });

    [Fact]
    public void Row20_a_listing_ends_when_its_seller_takes_it_back_or_says_nothing_more() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        await seller.WithdrawAsync();
        Assert.Null(buyer.Market.Find(id));

        var other = (await seller.PublishAsync("beta")).Id;
        await seller.StopAsync();
        await world.PassAsync(TimeSpan.FromDays(15));
        Assert.Null(buyer.Market.Find(other));
    });

    [Fact]
    public void Row21_what_a_seller_signed_is_still_known_after_a_restart() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        await seller.StopAsync();
        world.Peers.Remove(seller);

        await buyer.RestartAsync();
        await world.SettleAsync();

        Assert.Equal(TrustLevel.Verified, buyer.TrustIn(id));
    });

    [Fact]
    public void Row22_an_older_record_does_not_win() => new TrustTests().A_verified_record_yields_to_a_newer_version_only();

    [Fact]
    public void Row26_buyers_see_what_is_sold_and_who_is_paid_before_they_ask() => new PublishingTests().What_one_publishes_the_others_see_signed();

    /// <summary>One honest and one that fails half the time, as each of two buyers met them; what a seller or another buyer would say counts for nothing.</summary>
    [Fact]
    public void Row32_what_is_thought_of_a_seller_is_what_this_node_found_failures_too() => MarketWorld.Run(async world =>
    {
        var good = await world.AddAsync(1);
        var bad = await world.AddAsync(2);
        var buyer = await world.AddAsync(3);
        var newcomer = await world.AddAsync(4);
        string honest = (await good.PublishAsync()).Id, failing = (await bad.PublishAsync()).Id;
        for (var i = 0; i < 4; i++)
        {
            buyer.Market.ReportContact(honest, true, TimeSpan.FromMilliseconds(5));
            buyer.Market.ReportContact(failing, i % 2 == 0, TimeSpan.FromMilliseconds(5));
        }

        await world.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((10_000, 5_000), (buyer.Market.Find(honest)!.SuccessRate, buyer.Market.Find(failing)!.SuccessRate));
        Assert.Equal((null, null), (newcomer.Market.Find(honest)!.SuccessRate, newcomer.Market.Find(failing)!.SuccessRate));
        Assert.Equal(failing, buyer.Market.Search(new SearchQuery { Sort = SearchSort.Success }).Items[^1].Id);
    });
}
