using System.Text.Json;
using Betar.Agents.Hiring;
using Betar.Agents.Tests.Support;

namespace Betar.Agents.Tests.Hiring;

public sealed class MarketCallsTests
{
    private readonly TestMarket _market = new() { Bought = new HireOutcome("done", "5", "p1") };

    [Theory]
    [InlineData("market.search", "{}")]
    [InlineData("market.search", "[]")]
    [InlineData("market.search", """{"text":""}""")]
    [InlineData("market.search", """{"text":1}""")]
    [InlineData("market.quote", "{}")]
    [InlineData("market.buy", """{"agent":"did:x"}""")]
    [InlineData("market.buy", """{"input":"task"}""")]
    [InlineData("market.sell", """{"agent":"did:x"}""")]
    [InlineData("", "{}")]
    public async Task A_call_that_is_none_is_answered_with_its_fault_and_buys_nothing(string method, string arguments)
    {
        Assert.True((await CallAsync(method, arguments)).TryGetProperty("error", out _));
        Assert.Empty(_market.Purchases);
    }

    [Theory]
    [InlineData("""{"text":"a"}""", 20)]
    [InlineData("""{"text":"a","limit":5}""", 5)]
    [InlineData("""{"text":"a","limit":0}""", 1)]
    [InlineData("""{"text":"a","limit":1000}""", 20)]
    [InlineData("""{"text":"a","limit":"all"}""", 20)]
    public async Task A_search_has_a_limit(string arguments, int limit)
    {
        await CallAsync("market.search", arguments);

        Assert.Equal([("a", limit)], _market.Searches);
    }

    [Fact]
    public async Task Nobody_who_sells_is_said_so() => Assert.True((await CallAsync("market.quote", """{"agent":"did:x"}""")).TryGetProperty("error", out _));

    [Fact]
    public async Task An_offer_is_quoted_with_its_price()
    {
        _market.Offers.Add(new HireOffer("did:x", "name", "text", "7", "verified"));

        Assert.Equal("7", (await CallAsync("market.quote", """{"agent":"did:x"}""")).GetProperty("offer").GetProperty("priceAtomic").GetString());
    }

    [Fact]
    public async Task A_purchase_says_what_it_cost()
    {
        JsonElement answer = await CallAsync("market.buy", """{"agent":"did:x","input":"task"}""");

        Assert.Equal(("done", "5", "p1"), (answer.GetProperty("output").GetString(), answer.GetProperty("paidAtomic").GetString(), answer.GetProperty("payment").GetString()));
    }

    [Fact]
    public async Task A_refusal_has_its_code()
    {
        JsonElement answer = await MarketCalls.CallAsync(new TestMarket(), "market.buy", Json("""{"agent":"did:x","input":"task"}"""), false, CancellationToken.None);

        Assert.Equal(("BTR-4004", "Nobody is there."), (answer.GetProperty("code").GetString(), answer.GetProperty("error").GetString()));
    }

    private ValueTask<JsonElement> CallAsync(string method, string arguments) => MarketCalls.CallAsync(_market, method, Json(arguments), forPrompt: false, CancellationToken.None);

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
