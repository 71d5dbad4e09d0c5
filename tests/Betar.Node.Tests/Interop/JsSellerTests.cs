using System.Text.Json.Nodes;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Results;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;
using Betar.Node.Peering;

namespace Betar.Node.Tests.Interop;

/// <summary>Our node buys from a js-libp2p seller, honest and otherwise.</summary>
[Collection(TradeCollection.Name)]
public sealed class JsSellerTests(TradeWorld world)
{
    private const string Payee = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1";
    private const string Price = "1000";

    /// <summary>What it demands unlike what was listed.</summary>
    public static TheoryData<string, string> Demands => new()
    {
        { "more than the price", """{"amount":"1001"}""" },
        { "another payee", """{"payTo":"0x2c7536E3605D9C16a7a3D7b1898e529396a65c23"}""" },
        { "another network", """{"network":"eip155:8453"}""" },
        { "another token", """{"asset":"0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"}""" },
        { "another name to sign for", """{"extra":{"name":"USD Coin","version":"2"}}""" },
        { "no name to sign for", """{"extra":null}""" },
        { "another scheme", """{"scheme":"upto"}""" },
        { "a promise that holds for a year", """{"maxTimeoutSeconds":31536000}""" },
        { "no number", """{"amount":"lots"}""" },
        { "less than nothing", """{"amount":"-1"}""" },
        { "a fraction", """{"amount":"0.5"}""" },
    };

    [Fact]
    public async Task An_honest_one_is_paid_once_and_its_answer_is_kept()
    {
        await using PartnerNode seller = await world.PeerAsync();
        await seller.AskAsync("sell", new { listing = Listing(seller), demand = world.Demand(Price, Payee) });
        var listed = (await ListingQuery.AskAsync(world.Node.Network.Host, Multiaddr.Parse(seller.Address), default)).OrThrow();
        IPurchaseGrain purchase = world.Purchase();

        PurchaseResult bought = await purchase.Buy(world.Intent(seller, Price, Payee));
        PurchaseResult? kept = await purchase.Get();

        Assert.Equal(("did:key:js", "0.001"), (Assert.Single(listed).Id, listed[0].Price));
        Assert.Equal((PurchaseStage.Delivered, "js: hello", Price), (bought.Stage, bought.Output, bought.Amount));
        Assert.Equal(bought.Output, kept?.Output);
        JsonObject shop = await ShopAsync(seller);
        Assert.Equal(1, shop.Int("paid"));
        Assert.Equal(world.Wallet, shop["signers"]![0]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Demands))]
    public async Task What_was_not_agreed_on_is_not_signed(string what, string otherwise)
    {
        await using PartnerNode seller = await world.PeerAsync();
        JsonObject demand = world.Demand(Price, Payee);
        foreach ((string name, JsonNode? value) in JsonNode.Parse(otherwise)!.AsObject())
            demand[name] = value?.DeepClone();
        await AssertNotSignedAsync(what, seller, demand, "honest");
    }

    [Fact]
    public async Task A_demand_without_requirements_is_not_signed()
    {
        await using PartnerNode seller = await world.PeerAsync();
        await AssertNotSignedAsync("nothing", seller, null, "honest");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("huge")]
    [InlineData("garbage")]
    public async Task One_that_spoils_its_demand_gets_no_signature(string behaviour)
    {
        await using PartnerNode seller = await world.PeerAsync();
        await AssertNotSignedAsync(behaviour, seller, world.Demand(Price, Payee), $"{behaviour} on x402.request");
    }

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("silent")]
    [InlineData("half")]
    public async Task One_that_never_ends_its_demand_is_not_waited_for_beyond_the_bound(string behaviour)
    {
        await using PartnerNode seller = await world.PeerAsync();
        await AssertNotSignedAsync(behaviour, seller, world.Demand(Price, Payee), $"{behaviour} on x402.request");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("huge")]
    [InlineData("garbage")]
    public async Task One_that_spoils_its_answer_is_shown_the_same_payment_again_and_never_another(string behaviour)
    {
        await using PartnerNode seller = await world.PeerAsync();
        await seller.AskAsync("sell", new { listing = Listing(seller), demand = world.Demand(Price, Payee), behaviour = $"{behaviour} on x402.paid_request", times = 1 });

        PurchaseResult bought = await world.Purchase().Buy(world.Intent(seller, Price, Payee));

        Assert.Equal((PurchaseStage.Delivered, "js: hello"), (bought.Stage, bought.Output));
        JsonObject shop = await ShopAsync(seller);
        Assert.Equal(2, shop.Int("paid"));
        Assert.Single(shop["nonces"].Strings().Distinct());
    }

    internal static JsonObject Listing(PartnerNode seller) => new()
    {
        ["id"] = "did:key:js", ["name"] = "js", ["price"] = 0.001, ["metadata"] = "", ["sellerId"] = seller.PeerId, ["addrs"] = new JsonArray(),
        ["protocols"] = new JsonArray("/x402/libp2p/1.0.0"), ["timestamp"] = 1775000000,
    };

    private static async Task<JsonObject> ShopAsync(PartnerNode seller) => (await seller.AskAsync("sold"))["shop"]!.AsObject();

    private async Task AssertNotSignedAsync(string what, PartnerNode seller, JsonObject? demand, string behaviour)
    {
        await seller.AskAsync("sell", new { listing = Listing(seller), demand, behaviour });

        PurchaseResult refused = await world.Purchase().Buy(world.Intent(seller, Price, Payee));

        Assert.Equal((what, PurchaseStage.New, ""), (what, refused.Stage, refused.PaymentKey));
        Assert.Contains(refused.Refusal?.Code, new[] { RefusalCodes.OfferRefused, RefusalCodes.SellerUnreachable });
        Assert.Equal(0, (await ShopAsync(seller)).Int("paid"));
    }
}
