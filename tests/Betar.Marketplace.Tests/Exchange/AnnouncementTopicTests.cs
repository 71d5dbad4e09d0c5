using Betar.Libp2p.PubSub;
using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;

namespace Betar.Marketplace.Tests.Exchange;

public sealed class AnnouncementTopicTests
{
    [Fact]
    public void A_sellers_own_announcement_is_passed_on_and_written_nowhere() => MarketWorld.Run(async world =>
    {
        await world.AddAsync(1);
        using var original = new Somebody(9);

        Assert.Equal([MessageVerdict.Accept], await world.Topics.SayAsync(original.Peer, new Announcement(AnnouncementKind.List, original.Listing()).Encode()));
        Assert.Empty(world.Set.Nodes);
    });

    [Fact]
    public void An_announcement_of_somebody_elses_is_passed_over_and_nobody_is_blamed() => MarketWorld.Run(async world =>
    {
        var buyer = await world.AddAsync(1);
        using var original = new Somebody(9);
        using var liar = new Somebody(8);

        Assert.Equal([MessageVerdict.Ignore], await world.Topics.SayAsync(liar.Peer, new Announcement(AnnouncementKind.List, original.Listing()).Encode()));
        Assert.Equal(0, buyer.Market.Count);
    });

    [Fact]
    public void Garbage_is_rejected() => MarketWorld.Run(async world =>
    {
        await world.AddAsync(1);
        using var liar = new Somebody(8);

        Assert.Equal([MessageVerdict.Reject], await world.Topics.SayAsync(liar.Peer, "{"u8.ToArray()));
    });

    [Fact]
    public void An_author_that_announces_too_much_is_passed_over_for_a_while() => MarketWorld.Run(async world =>
    {
        await world.AddAsync(1, options => options.Exchange.AnnouncementBurst = 2);
        using var original = new Somebody(9);
        using var other = new Somebody(8);
        var message = new Announcement(AnnouncementKind.List, original.Listing()).Encode();

        List<MessageVerdict> verdicts = [];
        for (var i = 0; i < 3; i++)
            verdicts.AddRange(await world.Topics.SayAsync(original.Peer, message));
        Assert.Equal([MessageVerdict.Accept, MessageVerdict.Accept, MessageVerdict.Ignore], verdicts);
        Assert.Equal([MessageVerdict.Accept], await world.Topics.SayAsync(other.Peer, new Announcement(AnnouncementKind.List, other.Listing()).Encode()));

        await world.PassAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal([MessageVerdict.Accept], await world.Topics.SayAsync(original.Peer, message));
    });
}
