using System.Net;
using Betar.X402.Http.Buying;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Buying;

/// <summary>Our buyer at our seller, and at sellers that mean no good.</summary>
public sealed partial class PayingHandlerTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;
    private Func<HttpContext, Task>? _hostile;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(app =>
    {
        app.MapPaid("/work", 50_000, async (HttpRequest request) => $"{Interlocked.Increment(ref _runs)}:{await new StreamReader(request.Body).ReadToEndAsync()}");
        app.MapPaid("/dear", 50_001, () => "dear");
        app.MapPaid("/keeps", new PaidResource { Price = 50_000, KeepsFailed = true }, () => "kept");
        app.Map("/hostile", (HttpContext context) => _hostile!(context));
        app.MapGet("/free", () => "free");
    });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task It_pays_once_and_has_its_answer()
    {
        using var buyer = _bench.NewBuyer();

        using var response = await buyer.Http.PostAsync(new Uri(_bench.Address, "/work"), new StringContent("body"));

        Assert.Equal((HttpStatusCode.OK, "1:body"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal([true, false], buyer.Payments.Select(payment => payment is null));
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task What_is_free_is_not_paid_for()
    {
        using var buyer = _bench.NewBuyer();

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/free"));

        Assert.Equal(("free", 1), (await response.Content.ReadAsStringAsync(), buyer.Payments.Count));
    }

    [Fact]
    public async Task A_seller_of_version_1_is_paid_too()
    {
        using var buyer = _bench.NewBuyer();
        _hostile = context => AnswerV1Async(context);

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"));

        var payment = WireCodec.ParsePaymentHeader(buyer.Payments[1]!).Value!;
        Assert.Equal((HttpStatusCode.OK, 1, "eip155:84532"), (response.StatusCode, payment.Version, payment.Network));
    }

    [Fact]
    public async Task A_seller_that_keeps_the_payment_of_failed_work_says_so_and_is_paid_by_who_accepts_it()
    {
        using var buyer = _bench.NewBuyer(new BuyerOptions { MaxPerRequest = 50_000, AcceptsKeep = true });
        var said = await _bench.DemandAsync("/keeps");

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/keeps"));

        Assert.Equal("keep", said.Accepts[0].Extra!.Value.GetProperty("refund").GetString());
        Assert.Equal((HttpStatusCode.OK, "kept"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("/dear")]
    [InlineData("/keeps")]
    [InlineData("amount")]
    [InlineData("network")]
    [InlineData("asset")]
    [InlineData("payTo")]
    [InlineData("domain")]
    [InlineData("timeout")]
    [InlineData("scheme")]
    [InlineData("junk")]
    [InlineData("two headers")]
    [InlineData("long")]
    public async Task Beyond_the_policy_nothing_is_signed_and_the_demand_comes_back(string what)
    {
        using var buyer = _bench.NewBuyer();
        _hostile = context => DemandAsync(context, what);

        using var response = await buyer.GetAsync(new Uri(_bench.Address, what[0] == '/' ? what : "/hostile"));

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Equal([null], buyer.Payments);
    }

    [Fact]
    public async Task After_a_time_out_the_same_intent_sends_the_same_payment()
    {
        using var buyer = _bench.NewBuyer();
        var lost = false;
        buyer.Before = request => request.Headers.Contains(PaymentHeaders.Signature) && !lost
            ? LoseAsync()
            : Task.CompletedTask;
        async Task LoseAsync()
        {
            lost = true;
            await Task.CompletedTask;
            throw new HttpRequestException("the connection broke");
        }

        await Assert.ThrowsAsync<HttpRequestException>(() => buyer.GetAsync(new Uri(_bench.Address, "/work"), "intent-1"));
        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "intent-1");
        using var again = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "intent-1");

        Assert.Equal(("1:", "1:"), (await response.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync()));
        Assert.Single(buyer.Payments.OfType<string>().Distinct());
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Of_16_requests_with_one_intent_one_is_signed()
    {
        using var buyer = _bench.NewBuyer();

        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => buyer.GetAsync(new Uri(_bench.Address, "/work"), "one")));

        Assert.All(all, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Single(buyer.Payments.OfType<string>().Distinct());
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task A_seller_that_asks_again_is_not_paid_again()
    {
        using var buyer = _bench.NewBuyer();
        _hostile = context => DemandAsync(context, "right");

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"), "one");
        using var again = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"), "one");

        Assert.Equal((HttpStatusCode.PaymentRequired, HttpStatusCode.PaymentRequired), (response.StatusCode, again.StatusCode));
        Assert.Equal(3, buyer.Payments.Count);
        Assert.Single(buyer.Payments.OfType<string>().Distinct());
    }

    [Fact]
    public async Task A_payment_goes_to_its_server_only()
    {
        await using var other = await WebBench.StartAsync(app => app.MapPaid("/work", 50_000, () => "other"));
        using var buyer = _bench.NewBuyer();
        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "one");

        await Assert.ThrowsAsync<InvalidOperationException>(() => buyer.GetAsync(new Uri(other.Address, "/work"), "one"));
    }

    [Fact]
    public async Task The_first_payee_of_a_server_is_its_only_one()
    {
        using var buyer = _bench.NewBuyer();
        using var first = await buyer.GetAsync(new Uri(_bench.Address, "/work"));
        _hostile = context => DemandAsync(context, "other payee");

        using var swapped = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PaymentRequired, 1), (first.StatusCode, swapped.StatusCode, buyer.Payments.OfType<string>().Count()));
    }

    [Theory]
    [InlineData(Vectors.Seller, true)]
    [InlineData(Vectors.Other, false)]
    public async Task A_configured_payee_is_the_only_one(string payee, bool paid)
    {
        var origin = _bench.Address.GetLeftPart(UriPartial.Authority);
        using var buyer = _bench.NewBuyer(new BuyerOptions
        {
            MaxPerRequest = 50_000, Payees = new Dictionary<string, Betar.Ethereum.Address> { [origin] = Betar.Ethereum.Address.Parse(payee) },
        });

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"));

        Assert.Equal(paid, response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task An_unknown_payee_may_be_refused()
    {
        using var buyer = _bench.NewBuyer(new BuyerOptions { MaxPerRequest = 50_000, TrustFirstPayee = false });

        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"));

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
    }

    [Fact]
    public async Task The_guard_is_asked_before_and_told_afterwards()
    {
        var guard = new Guard();
        using var buyer = _bench.NewBuyer(guard: guard);
        using var bought = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "one");
        guard.Allows = false;
        using var refused = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "two");
        guard.Allows = true;
        _hostile = context => DemandAsync(context, "domain");
        using var unsigned = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"), "three");

        Assert.Equal(["reserve one 50000", "spent one 50000", "reserve two 50000", "reserve three 50000", "release three 50000"], guard.Calls);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PaymentRequired, HttpStatusCode.PaymentRequired), (bought.StatusCode, refused.StatusCode, unsigned.StatusCode));
    }

    [Fact]
    public async Task Nothing_is_set_aside_for_what_will_not_be_signed()
    {
        var guard = new Guard();
        using var buyer = _bench.NewBuyer(guard: guard);
        using var bought = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "one");
        foreach (var what in new[] { "amount", "other payee", "network" })
        {
            _hostile = context => DemandAsync(context, what);
            using var refused = await buyer.GetAsync(new Uri(_bench.Address, "/hostile"), what);
        }

        Assert.Equal(["reserve one 50000", "spent one 50000"], guard.Calls);
    }

    [Fact]
    public async Task Over_plain_http_only_this_machine_is_paid()
    {
        var asked = new Handler(_ => PaymentRequired());
        using var careful = new Buyer(_bench.Time, null, null, null, null, asked);
        using var refused = await careful.GetAsync(new Uri("http://shop.example/work"));
        using var bold = new Buyer(_bench.Time, new BuyerOptions { MaxPerRequest = 50_000, AllowPlainHttp = true }, null, null, null, asked);
        using var paid = await bold.GetAsync(new Uri("http://shop.example/work"));
        using var secure = await careful.GetAsync(new Uri("https://shop.example/work"));

        Assert.Equal([0, 1, 1], new[] { careful.Payments.Take(1), bold.Payments, careful.Payments.Skip(1) }.Select(payments => payments.OfType<string>().Count()));
    }

    [Fact]
    public async Task A_redirect_is_never_followed_with_a_payment()
    {
        using var buyer = new Buyer(_bench.Time, null, null, null, null, new SocketsHttpHandler { AllowAutoRedirect = true });

        await Assert.ThrowsAsync<InvalidOperationException>(() => buyer.GetAsync(new Uri(_bench.Address, "/work")));
    }

    [Fact]
    public async Task A_body_that_cannot_be_sent_twice_is_sent_once()
    {
        using var buyer = _bench.NewBuyer(new BuyerOptions { MaxPerRequest = 50_000, MaxRequestLength = 4 });

        using var tooLong = await buyer.Http.PostAsync(new Uri(_bench.Address, "/work"), new StringContent("12345"));
        using var fits = await buyer.Http.PostAsync(new Uri(_bench.Address, "/work"), new StringContent("1234"));

        Assert.Equal((HttpStatusCode.PaymentRequired, HttpStatusCode.OK), (tooLong.StatusCode, fits.StatusCode));
    }

    [Fact]
    public async Task An_intent_is_kept_until_its_payment_is_over_and_a_day_longer()
    {
        var store = new MemoryIntentStore(_bench.Time);
        using var buyer = _bench.NewBuyer(intents: store);
        using var response = await buyer.GetAsync(new Uri(_bench.Address, "/work"), "one");

        _bench.Time.Advance(TimeSpan.FromHours(24));
        Assert.NotNull(await store.BeginAsync("one", default));
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await store.BeginAsync("one", default));
    }

    [Fact]
    public void Options_out_of_range_are_all_named() =>
        Assert.Equal(2, new BuyerOptions { MaxPerRequest = 1, MaxTimeout = TimeSpan.Zero, MaxRequestLength = -1 }.Validate().Count);

    private HttpResponseMessage PaymentRequired()
    {
        var response = new HttpResponseMessage(HttpStatusCode.PaymentRequired);
        response.Headers.Add(PaymentHeaders.Required, PaymentHeaders.Encode(WireCodec.Write(Right())));
        return response;
    }

    private static PaymentDemand Right() => WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!;

    private static Task DemandAsync(HttpContext context, string what)
    {
        var demand = Right();
        var offer = demand.Accepts[0];
        offer = what switch
        {
            "amount" => offer with { Amount = "50001" },
            "network" => offer with { Network = "eip155:8453" },
            "asset" => offer with { Asset = Vectors.Other },
            "payTo" => offer with { PayTo = Vectors.Payer },
            "other payee" => offer with { PayTo = Vectors.Other },
            "domain" => offer with { Extra = System.Text.Json.JsonDocument.Parse("""{"name":"USD Coin","version":"2"}""").RootElement },
            "timeout" => offer with { MaxTimeoutSeconds = 601 },
            "scheme" => offer with { Scheme = "barter" },
            _ => offer,
        };
        var header = PaymentHeaders.Encode(WireCodec.Write(demand with { Accepts = [offer] }));
        context.Response.StatusCode = 402;
        context.Response.Headers[PaymentHeaders.Required] = what switch
        {
            "junk" => "e30=",
            "two headers" => new[] { header, header },
            "long" => new string('A', 16_388),
            _ => header,
        };
        return Task.CompletedTask;
    }

    private static async Task AnswerV1Async(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(PaymentHeaders.V1Payment))
            return;
        context.Response.StatusCode = 402;
        await context.Response.Body.WriteAsync(WireCodec.Write(Right() with { Version = 1 }));
    }

    private sealed class Handler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class Guard : ISpendGuard
    {
        internal bool Allows { get; set; } = true;

        internal List<string> Calls { get; } = [];

        public Task<bool> ReserveAsync(SpendRequest request, CancellationToken cancellationToken) => Note("reserve", request, Allows);

        public Task ReleaseAsync(SpendRequest request, CancellationToken cancellationToken) => Note("release", request, true);

        public Task SpentAsync(SpendRequest request, CancellationToken cancellationToken) => Note("spent", request, true);

        private Task<bool> Note(string what, SpendRequest request, bool answer)
        {
            Calls.Add($"{what} {request.Intent} {request.Amount}");
            return Task.FromResult(answer);
        }
    }
}
