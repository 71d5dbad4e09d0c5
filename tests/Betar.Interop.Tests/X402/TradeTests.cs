using System.Net;
using System.Text.Json.Nodes;
using Betar.X402.Facilitating;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Interop.Tests.X402;

/// <summary>Each side of a sale by the official packages, the other by us.</summary>
[Collection(OfficialCollection.Name)]
public sealed class TradeTests(OfficialFixture official)
{
    private const string Usdc = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    private const string PayerKey = "0xd859d1687915ecd21dcbbb541447fb4acde5a464da6a831fcd99d0d5a6a581f7";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_official_buyer_buys_from_our_seller(int version)
    {
        await using var shop = await OurShop.StartAsync();

        var bought = await official.AskAsync("buy", new { url = new Uri(shop.Address, "/paid"), key = PayerKey, version });

        Assert.Equal((200, "run 1"), (bought["status"]!.GetValue<int>(), bought["body"]!.GetValue<string>()));
        Assert.True(bought["settlement"]!["success"]!.GetValue<bool>());
        Assert.Equal(version == 1 ? "base-sepolia" : "eip155:84532", bought["settlement"]!["network"]!.GetValue<string>());
        Assert.Equal([402, 200], bought["requests"]!.AsArray().Select(request => request!["status"]!.GetValue<int>()));
        Assert.Equal(50_000, await shop.SellersMoneyAsync());
    }

    [Fact]
    public async Task What_the_official_buyer_sent_buys_nothing_else()
    {
        await using var shop = await OurShop.StartAsync();
        var bought = await official.AskAsync("buy", new { url = new Uri(shop.Address, "/paid"), key = PayerKey, version = 2 });
        var payment = bought["requests"]![1]!["payment"]!.GetValue<string>();
        using var http = new HttpClient();

        using var same = await SendAsync(http, new Uri(shop.Address, "/paid"), payment);
        using var other = await SendAsync(http, new Uri(shop.Address, "/paid?other"), payment);

        Assert.Equal((HttpStatusCode.OK, "run 1"), (same.StatusCode, await same.Content.ReadAsStringAsync()));
        Assert.Equal((HttpStatusCode.Conflict, 1, 50_000), (other.StatusCode, shop.Runs, await shop.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Our_buyer_buys_from_the_official_seller_whose_facilitator_is_ours()
    {
        await using var shop = await OurShop.StartAsync();
        var sold = await official.AskAsync("sell", new { facilitator = new Uri(shop.Address, "/facilitator"), payTo = Vectors.Seller, price = "$0.05" });
        using var key = Vectors.PayerKey();
        using var buyer = OurShop.NewBuyer(key);

        using var response = await buyer.GetAsync(new Uri(new Uri(sold["url"]!.GetValue<string>()), "/paid"));

        Assert.Equal((HttpStatusCode.OK, "run 1"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        var settlement = WireCodec.ParseSettledHeader(response.Headers.GetValues(PaymentHeaders.Response).Single()).Value!;
        Assert.Equal((true, Vectors.Payer), (settlement.Success, settlement.Payer));
        Assert.Equal(50_000, await shop.SellersMoneyAsync());
    }

    [Fact]
    public async Task The_official_buyer_and_the_official_seller_meet_at_our_facilitator()
    {
        await using var shop = await OurShop.StartAsync();
        var sold = await official.AskAsync("sell", new { facilitator = new Uri(shop.Address, "/facilitator"), payTo = Vectors.Seller, price = "$0.05" });
        var url = new Uri(new Uri(sold["url"]!.GetValue<string>()), "/paid");

        var bought = await official.AskAsync("buy", new { url, key = PayerKey, version = 2 });
        using var http = new HttpClient();
        using var replayed = await SendAsync(http, url, bought["requests"]![1]!["payment"]!.GetValue<string>());

        Assert.Equal((200, 50_000), (bought["status"]!.GetValue<int>(), await shop.SellersMoneyAsync()));
        Assert.Equal(HttpStatusCode.PaymentRequired, replayed.StatusCode);
        Assert.Equal("invalid_exact_evm_nonce_already_used", WireCodec.ParseDemandHeader(replayed.Headers.GetValues(PaymentHeaders.Required).Single()).Value!.Error);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Our_seller_uses_the_official_facilitator(int version)
    {
        var facilitator = await FacilitateAsync();
        await using var shop = await OurShop.StartAsync(facilitator);

        var bought = await official.AskAsync("buy", new { url = new Uri(shop.Address, "/paid"), key = PayerKey, version });

        Assert.Equal((200, "run 1"), (bought["status"]!.GetValue<int>(), bought["body"]!.GetValue<string>()));
        Assert.StartsWith("0x", bought["settlement"]!["transaction"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_client_reads_what_the_official_facilitator_supports()
    {
        var client = new HttpFacilitator(new HttpClient(), new HttpFacilitatorOptions { Address = await FacilitateAsync() }, TimeProvider.System);

        var kinds = await client.SupportedAsync(default);

        Assert.True(kinds.Has(2, "exact", "eip155:84532") && kinds.Has(1, "exact", "eip155:84532"));
    }

    private async Task<Uri> FacilitateAsync()
    {
        JsonObject started = await official.AskAsync("facilitate", new { asset = Usdc, account = Vectors.Other, payer = Vectors.Payer, amount = "1000000" });
        return new Uri(started["url"]!.GetValue<string>());
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, Uri url, string payment)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add(PaymentHeaders.Signature, payment);
        return http.SendAsync(request);
    }
}
