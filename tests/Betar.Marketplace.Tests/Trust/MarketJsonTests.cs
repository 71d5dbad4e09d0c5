using System.Text;
using System.Text.Json;
using Betar.Marketplace.Tests.Support;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Tests.Trust;

public sealed class MarketJsonTests
{
    [Fact]
    public void A_verified_listing_is_printed_whole() => MarketWorld.Run(async world =>
    {
        var seller = await world.AddAsync(1);
        var buyer = await world.AddAsync(2);
        var id = (await seller.PublishAsync()).Id;
        await world.PassAsync(TimeSpan.FromSeconds(90));

        using var json = JsonDocument.Parse(Print(buyer.Market.Find(id)!, world.Time.GetUtcNow()));
        var root = json.RootElement;

        Assert.Equal(
            ["id", "name", "price", "priceAtomic", "sellerId", "addrs", "protocols", "payTo", "network", "token", "skills", "trust", "ageSeconds", "expires", "lastSeen", "alive"],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("0.001", "1000", "verified", 90), (root.GetProperty("price").GetRawText(), root.GetProperty("priceAtomic").GetString(), root.GetProperty("trust").GetString(), root.GetProperty("ageSeconds").GetInt32()));
        Assert.Equal("2030-01-08T00:00:00Z", root.GetProperty("expires").GetString());
        Assert.Equal("add", root.GetProperty("skills")[0].GetProperty("id").GetString());
    });

    [Fact]
    public void Hearsay_is_printed_without_what_nobody_signed() => MarketWorld.Run(async world =>
    {
        using var original = new Somebody(9);
        var buyer = await world.AddAsync(1);
        var other = await world.AddAsync(2);
        other.Replica.Put(original.Listing("\u202Eevil\u001b[0m", "1e-9"));

        using var json = JsonDocument.Parse(Print(buyer.Market.Find(original.Id("\u202Eevil\u001b[0m"))!, world.Time.GetUtcNow()));

        Assert.Equal("hearsay", json.RootElement.GetProperty("trust").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("priceAtomic").ValueKind);
        Assert.False(json.RootElement.TryGetProperty("payTo", out _));
    });

    [Fact]
    public void The_words_of_trust_come_back()
    {
        foreach (var level in Enum.GetValues<TrustLevel>())
        {
            Assert.True(MarketJson.TryParse(MarketJson.Of(level), out var back));
            Assert.Equal(level, back);
        }

        Assert.False(MarketJson.TryParse("trusted", out _));
        Assert.False(MarketJson.TryParse("Verified", out _));
    }

    private static string Print(MarketListing listing, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            MarketJson.Write(writer, listing, now);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
