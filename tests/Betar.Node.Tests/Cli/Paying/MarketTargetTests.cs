using System.Text.Json;
using Betar.Node.Cli.Paying;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Cli.Paying;

/// <summary>What of the marketplace may be bought, and where the seller is then looked for.</summary>
public sealed class MarketTargetTests
{
    private const string Seller = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private const string Reached = $"/ip4/127.0.0.1/tcp/4001/p2p/{Seller}";

    [Theory]
    [InlineData("verified", false, null)]
    [InlineData("attested", false, null)]
    [InlineData("hearsay", false, "BTR-4012")]
    [InlineData("disputed", false, "BTR-4012")]
    [InlineData("expired", false, "BTR-4012")]
    [InlineData("hearsay", true, null)]
    [InlineData("disputed", true, null)]
    [InlineData("expired", true, "BTR-4012")]
    [InlineData("own", true, "BTR-1003")]
    [InlineData("whatever", false, "BTR-4012")]
    public void Only_the_sellers_own_word_is_bought_unless_one_accepts_others(string trust, bool accept, string? code)
    {
        Checked<AgentTarget> target = Read(trust, accept, Reached);

        Assert.Equal(code, target.Refusal?.Error.Code);
        if (code is null)
            Assert.Equal(("did:key:z6Mk1", Reached), (target.Value.Agent, target.Value.Where.ToString()));
    }

    [Fact]
    public void What_the_seller_signed_binds_it_and_what_was_only_said_does_not()
    {
        Assert.Equal(("1000", "0x01"), (Read("verified", false, Reached).Value.PriceAtomic, Read("verified", false, Reached).Value.PayTo));
        Assert.Equal((null, null), (Read("attested", false, Reached).Value.PriceAtomic, Read("attested", false, Reached).Value.PayTo));
    }

    [Fact]
    public void The_seller_is_looked_for_where_it_was_met_and_nowhere_else()
    {
        AgentTarget target = Read("verified", false, "nonsense", "/ip4/9.9.9.9/tcp/1", "/ip4/9.9.9.9/tcp/1/p2p/QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N", Reached, $"/ip4/10.0.0.1/tcp/4001/p2p/{Seller}").Value;

        Assert.Equal(Reached, target.Where.ToString());
        Assert.Equal([$"/ip4/10.0.0.1/tcp/4001/p2p/{Seller}"], target.Others.Select(other => other.ToString()));
        Assert.Equal("BTR-4004", Read("verified", false).Refusal!.Error.Code);
    }

    private static Checked<AgentTarget> Read(string trust, bool accept, params string[] reach)
    {
        using JsonDocument shown = JsonDocument.Parse(JsonSerializer.Serialize(new
        {
            listing = new { id = Seller + "/did:key:z6Mk1", sellerId = Seller, trust, priceAtomic = "1000", payTo = "0x01" }, reach,
        }));
        return MarketTarget.Read(shown.RootElement, accept);
    }
}
