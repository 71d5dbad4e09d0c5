using System.Text.Json;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Wire;

/// <summary>When a buyer's copy of an offer is that offer.</summary>
public class EchoTests
{
    private static readonly Requirement Offer = WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!.Accepts[0];

    [Fact]
    public void The_same_and_more_in_extra_is_the_offer()
    {
        Assert.True(Offer.IsEchoedBy(Offer));
        Assert.True(Offer.IsEchoedBy(Offer with { Extra = Json("""{"version":"2","name":"USDC","more":{"a":1}}""") }));
        Assert.True(Offer.IsEchoedBy(Offer with { Asset = Offer.Asset.ToLowerInvariant(), PayTo = Offer.PayTo.ToLowerInvariant() }));
    }

    public static TheoryData<string> Changes => ["scheme", "network", "amount", "asset", "payTo", "maxTimeoutSeconds", "extra value", "extra member", "no extra"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Anything_else_is_not(string change) => Assert.False(Offer.IsEchoedBy(change switch
    {
        "scheme" => Offer with { Scheme = "upto" },
        "network" => Offer with { Network = "eip155:1" },
        "amount" => Offer with { Amount = "49999" },
        "asset" => Offer with { Asset = Vectors.Other },
        "payTo" => Offer with { PayTo = Vectors.Other },
        "maxTimeoutSeconds" => Offer with { MaxTimeoutSeconds = 301 },
        "extra value" => Offer with { Extra = Json("""{"name":"USDC","version":"3"}""") },
        "extra member" => Offer with { Extra = Json("""{"name":"USDC"}""") },
        _ => Offer with { Extra = null },
    }));

    [Theory]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1,"c":2},"d":3}""", true)]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":2}}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2,3]}""", false)]
    [InlineData("""{"a":{}}""", """{"a":1}""", false)]
    [InlineData("{}", "null", true)]
    public void Objects_may_grow_and_nothing_else_may(string part, string whole, bool holds) =>
        Assert.Equal(holds, JsonSubset.Holds(Json(part), whole == "null" ? null : Json(whole)));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
