using System.Net;
using System.Text.Json.Nodes;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>One name is one payment: cached, 409, 400.</summary>
public sealed class NamedPurchaseTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(app =>
    {
        app.MapPaid("/must", new PaidResource { Price = 50_000, Naming = PurchaseNaming.Required }, () => $"{Interlocked.Increment(ref _runs)}");
        app.MapPaid("/may", new PaidResource { Price = 50_000, Naming = PurchaseNaming.Optional }, () => $"{Interlocked.Increment(ref _runs)}");
    });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Our_buyer_names_what_it_buys()
    {
        using var buyer = _bench.NewBuyer();

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/must"));

        Assert.Equal((HttpStatusCode.OK, "1"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task One_name_is_one_payment()
    {
        var first = await NamedAsync("/must", "purchase-number-one");
        using var bought = await _bench.SendAsync("/must", first);
        using var cached = await _bench.SendAsync("/must", first);
        using var conflict = await _bench.SendAsync("/must", await NamedAsync("/must", "purchase-number-one"));
        using var another = await _bench.SendAsync("/must", await NamedAsync("/must", "purchase-number-two"));

        Assert.Equal(("1", "1", "2"), (await bought.Content.ReadAsStringAsync(), await cached.Content.ReadAsStringAsync(), await another.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal(100_000, await _bench.SellersMoneyAsync());
    }

    [Theory]
    [InlineData("/must", null, HttpStatusCode.BadRequest)]
    [InlineData("/may", null, HttpStatusCode.OK)]
    [InlineData("/must", "short", HttpStatusCode.BadRequest)]
    [InlineData("/may", "short", HttpStatusCode.BadRequest)]
    [InlineData("/may", "long-enough-to-name", HttpStatusCode.OK)]
    public async Task A_name_that_is_missing_or_not_in_its_form(string path, string? name, HttpStatusCode status)
    {
        using var response = await _bench.SendAsync(path, await NamedAsync(path, name));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task An_echo_that_is_missing_or_altered()
    {
        foreach (var change in new Action<JsonNode>[] { extensions => extensions.AsObject().Clear(), extensions => extensions["payment-identifier"]!["info"]!["required"] = false })
        {
            using var response = await _bench.SendAsync("/must", await NamedAsync("/must", "purchase-number-one", change));
            Assert.Equal((HttpStatusCode.PaymentRequired, "extension_echo_mismatch"), (response.StatusCode, WebBench.Error(response)));
        }

        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task Names_belong_to_their_payer_and_last_a_day()
    {
        var names = new MemoryPurchaseNames(_bench.Time, 2);
        var (payer, other) = (Betar.Ethereum.Address.Parse(Vectors.Payer), Betar.Ethereum.Address.Parse(Vectors.Other));
        var (one, two) = (Key(payer, '1'), Key(payer, '2'));

        Assert.True(await names.TryBindAsync(payer, "name", one, default));
        Assert.True(await names.TryBindAsync(payer, "name", one, default));
        Assert.False(await names.TryBindAsync(payer, "name", two, default));
        Assert.True(await names.TryBindAsync(other, "name", Key(other, '3'), default));
        Assert.False(await names.TryBindAsync(payer, "a third", two, default));
        _bench.Time.Advance(TimeSpan.FromHours(24));
        Assert.True(await names.TryBindAsync(payer, "name", two, default));
    }

    private static PaymentKey Key(Betar.Ethereum.Address payer, char nonce) =>
        new(NetworkId.BaseSepolia, Betar.X402.Networks.PaymentAsset.BaseSepoliaUsdc.Address, payer, Nonce.Parse("0x" + new string(nonce, 64)));

    private async Task<(string Name, string Value)> NamedAsync(string path, string? name, Action<JsonNode>? change = null)
    {
        var demand = await _bench.DemandAsync(path);
        var (header, value) = await WebBench.SignAsync(demand, _bench.Time);
        var extensions = JsonNode.Parse(demand.Extensions!.Value.GetRawText())!;
        if (name is not null)
            extensions["payment-identifier"]!["info"]!["id"] = name;
        change?.Invoke(extensions);
        var payment = WireCodec.ParsePaymentHeader(value).Value! with { Extensions = System.Text.Json.JsonDocument.Parse(extensions.ToJsonString()).RootElement };
        return (header, PaymentHeaders.Encode(WireCodec.Write(payment)));
    }
}
