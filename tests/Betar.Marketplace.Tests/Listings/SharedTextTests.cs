using System.Text;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Tests.Listings;

public sealed class SharedTextTests
{
    [Fact]
    public void Equal_texts_are_one()
    {
        Assert.Same(SharedText.Of(Fresh("12D3KooW-one")), SharedText.Of(Fresh("12D3KooW-one")));
        Assert.Same(SharedText.Of([Fresh("/ip4/1"), Fresh("/ip4/2")]), SharedText.Of([Fresh("/ip4/1"), Fresh("/ip4/2")]));
    }

    [Fact]
    public void Others_stay_what_they_are()
    {
        Assert.Equal("two", SharedText.Of("two"));
        Assert.Equal(["b", "a"], SharedText.Of(["b", "a"]));
        Assert.Equal(["a", "b"], SharedText.Of(["a", "b"]));
        Assert.Empty(SharedText.Of([]));
        Assert.Equal("", SharedText.Of(""));
    }

    [Fact]
    public void However_many_come_each_keeps_its_meaning()
    {
        for (var n = 0; n < 20_000; n++)
        {
            Assert.Equal($"text {n}", SharedText.Of($"text {n}"));
            Assert.Equal([$"a {n}", $"b {n % 7}"], SharedText.Of([$"a {n}", $"b {n % 7}"]));
        }
    }

    [Fact]
    public void Long_texts_and_long_lists_are_not_kept()
    {
        var text = new string('x', 200);
        Assert.Same(text, SharedText.Of(text));
        Assert.NotSame(text, SharedText.Of(new string('x', 200)));
        List<string> many = [.. Enumerable.Range(0, 9).Select(n => $"{n}")];
        Assert.NotSame(SharedText.Of(many), SharedText.Of(many));
        Assert.Equal(many, SharedText.Of(many));
    }

    [Fact]
    public void Two_listings_of_a_seller_share_its_name_and_its_addresses()
    {
        Listing one = Read("did:1"), other = Read("did:2");

        Assert.Same(one.SellerId, other.SellerId);
        Assert.Same(one.Addresses, other.Addresses);
        Assert.Same(one.Protocols, other.Protocols);
        Assert.NotEqual(one.Id, other.Id);
    }

    private static Listing Read(string id)
    {
        Assert.True(ListingJson.TryDecode(
            Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","name":"a","price":1,"sellerId":"12D3KooW","addrs":["/ip4/127.0.0.1/tcp/1"],"protocols":["/x402/1"]}"""), out var listing));
        return listing;
    }

    private static string Fresh(string text) => new(text.AsSpan());
}
