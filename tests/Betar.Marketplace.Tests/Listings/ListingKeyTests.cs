using Betar.Marketplace.Listings;
using Betar.Marketplace.Tests.Support;

namespace Betar.Marketplace.Tests.Listings;

public sealed class ListingKeyTests
{
    private const string Did = "did:key:z6Mkn9pM6KKYq36caNdECnb2viGjjru7vU5F8sts9bNcmYQV";

    [Fact]
    public void The_originals_key_comes_out()
    {
        const string key = "/agents/ZGlkOmtleTp6Nk1rbjlwTTZLS1lxMzZjYU5kRUNuYjJ2aUdqanJ1N3ZVNUY4c3RzOWJOY21ZUVY";

        Assert.Equal(key, ListingKey.Of(Did));
        Assert.True(ListingKey.TryParse(key, out var id));
        Assert.Equal(Did, id);
    }

    [Theory]
    [InlineData("/agents/")]
    [InlineData("/agent/eA")]
    [InlineData("/agents/eA==")]
    [InlineData("/agents/eB")]
    [InlineData("/agents/e A")]
    [InlineData("/agents/e")]
    [InlineData("/agents/_w")]
    [InlineData("/agents/eA/eA")]
    [InlineData("eA")]
    public void A_key_has_one_spelling(string key) => Assert.False(ListingKey.TryParse(key, out _));

    [Fact]
    public void Both_ways_to_name_an_agent_are_taken_apart()
    {
        Assert.Equal(Did, ListingId.Agent(Did));
        Assert.Equal(Did, ListingId.Agent($"12D3KooW/{Did}"));
        Assert.Null(ListingId.Seller(Did));
        Assert.Equal("12D3KooW", ListingId.Seller($"12D3KooW/{Did}"));
    }

    [Theory]
    [InlineData("did:key:z6Mk", "did:key:z6Mk")]
    [InlineData("did%3Akey%3az6Mk", "did:key:z6Mk")]
    [InlineData("12D3KooW%2Fdid%3Akey%3Az6Mk", "12D3KooW/did:key:z6Mk")]
    [InlineData("12D3KooW/did%3Akey%3Az6Mk", "12D3KooW/did:key:z6Mk")]
    [InlineData("did:key:a%25b", "did:key:a%b")]
    [InlineData("did%253Akey", "did%253Akey")]
    [InlineData("50%25 off", "50%25 off")]
    [InlineData("a%2Fb", "a%2Fb")]
    [InlineData("%", "%")]
    [InlineData("%zz", "%zz")]
    [InlineData("", "")]
    public void An_escaped_id_is_read_and_a_name_stays_as_it_is(string text, string id) => Assert.Equal(id, ListingId.Unescape(text));

    [Fact]
    public void An_id_belongs_to_the_seller_whose_key_and_name_made_it()
    {
        using var seller = new Somebody(1);
        using var other = new Somebody(2);

        Assert.True(ListingId.BelongsTo(seller.Id(), "alpha", seller.Peer));
        Assert.True(ListingId.BelongsTo(seller.Id(), " alpha ", seller.Peer));
        Assert.False(ListingId.BelongsTo(seller.Id(), "beta", seller.Peer));
        Assert.False(ListingId.BelongsTo(seller.Id(), "alpha", other.Peer));
    }

    [Fact]
    public void An_id_that_begins_with_a_seller_is_that_sellers()
    {
        using var seller = new Somebody(1);
        using var other = new Somebody(2);

        Assert.True(ListingId.BelongsTo($"{seller.Peer}/anything", "alpha", seller.Peer));
        Assert.False(ListingId.BelongsTo($"{seller.Peer}/{other.Id()}", "alpha", other.Peer));
        Assert.False(ListingId.BelongsTo($"nobody/{seller.Id()}", "alpha", seller.Peer));
    }
}
