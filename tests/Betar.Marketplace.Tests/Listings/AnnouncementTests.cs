using System.Text;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Tests.Listings;

public sealed class AnnouncementTests
{
    private static readonly ListingLimits s_limits = new();

    [Theory]
    [InlineData(AnnouncementKind.List, "list")]
    [InlineData(AnnouncementKind.Update, "update")]
    [InlineData(AnnouncementKind.Delist, "delist")]
    public void It_is_written_as_the_original_writes_it(AnnouncementKind kind, string word)
    {
        var listing = new Listing { Id = "x", Name = "a", Price = "0.5", Metadata = "m", SellerId = "s", Protocols = ["/p"], Timestamp = 7, TokenId = "3", PayTo = "not here" };

        var bytes = new Announcement(kind, listing).Encode();

        Assert.Equal(
            $$"""{"type":"{{word}}","agentId":"x","name":"a","price":0.5,"metadata":"m","sellerId":"s","protocols":["/p"],"timestamp":7,"tokenId":"3"}""",
            Encoding.UTF8.GetString(bytes));
        Assert.True(Announcement.TryDecode(bytes, s_limits, out var back));
        Assert.Equal(kind, back.Kind);
        Assert.True(back.Listing.Means(listing));
    }

    [Fact]
    public void A_word_that_nobody_knows_is_an_update()
    {
        Assert.True(Announcement.TryDecode("""{"agentId":"x","type":"refresh"}"""u8, s_limits, out var announcement));
        Assert.Equal(AnnouncementKind.Update, announcement.Kind);
    }

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"agentId":""}""")]
    [InlineData("{")]
    public void Without_an_agent_it_is_none(string json) =>
        Assert.False(Announcement.TryDecode(Encoding.UTF8.GetBytes(json), s_limits, out _));
}
