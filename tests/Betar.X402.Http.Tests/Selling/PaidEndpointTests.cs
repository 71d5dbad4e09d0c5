using System.Net;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Asked, paid, answered; asked again, answered again; nothing twice.</summary>
public sealed class PaidEndpointTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(app =>
    {
        app.MapPaid("/report", 50_000, (HttpContext context) => $"report {Interlocked.Increment(ref _runs)} {context.Request.QueryString}");
        app.MapPaid("/echo", 50_000, async (HttpRequest request) => $"{Interlocked.Increment(ref _runs)}:{await new StreamReader(request.Body).ReadToEndAsync()}");
        app.UsePaid("/below", new PaidResource { Price = 7, Description = "everything", MimeType = "text/plain" });
        app.MapGet("/below/deep", () => "below");
        app.MapGet("/free", () => "free");
    });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Without_a_payment_both_versions_are_told_what_is_asked()
    {
        using var response = await _bench.SendAsync("/report?x=1");

        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        var demand = WireCodec.ParseDemandHeader(response.Headers.GetValues(PaymentHeaders.Required).Single()).Value!;
        var first = WireCodec.ParseDemand(await response.Content.ReadAsByteArrayAsync()).Value!;
        Assert.Equal((2, "50000", "eip155:84532", Vectors.Seller), (demand.Version, demand.Accepts[0].Amount, demand.Accepts[0].Network, demand.Accepts[0].PayTo));
        Assert.Equal((1, "50000", new Uri(_bench.Address, "/report?x=1").ToString()), (first.Version, first.Accepts[0].Amount, first.Resource.Url));
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Contains(PaymentHeaders.Required, response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        Assert.Contains(PaymentHeaders.Signature, response.Headers.Vary);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task A_payment_of_version_2_is_settled_and_answered()
    {
        using var response = await _bench.SendAsync("/report", await _bench.PaymentAsync("/report"));

        Assert.Equal((HttpStatusCode.OK, "report 1 "), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        var settlement = WebBench.Settlement(response)!;
        Assert.Equal((true, Vectors.Payer, "eip155:84532"), (settlement.Success, settlement.Payer, settlement.Network));
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_payment_of_version_1_is_settled_and_answered()
    {
        using var asked = await _bench.SendAsync("/report");
        var demand = WireCodec.ParseDemand(await asked.Content.ReadAsByteArrayAsync()).Value!;

        using var response = await _bench.SendAsync("/report", await WebBench.SignAsync(demand, _bench.Time));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(PaymentHeaders.Response));
        Assert.Contains("\"base-sepolia\"", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(response.Headers.GetValues(PaymentHeaders.V1Response).Single())), StringComparison.Ordinal);
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task The_same_request_gets_the_same_answer_byte_for_byte_also_when_its_time_is_over()
    {
        var payment = await _bench.PaymentAsync("/report");
        using var first = await _bench.SendAsync("/report", payment);
        _bench.Time.Advance(TimeSpan.FromHours(23));

        using var second = await _bench.SendAsync("/report", payment);

        Assert.Equal(first.StatusCode, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(Headers(first), Headers(second));
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Another_request_with_the_same_payment_is_a_conflict()
    {
        var payment = await _bench.PaymentAsync("/echo");
        using var first = await _bench.SendAsync(HttpMethod.Post, "/echo", "a", payment);
        Assert.Equal("1:a", await first.Content.ReadAsStringAsync());

        (HttpMethod Method, string Path, string? Body)[] others =
            [(HttpMethod.Post, "/echo", "b"), (HttpMethod.Post, "/echo?x", "a"), (HttpMethod.Put, "/echo", "a"), (HttpMethod.Get, "/report", null)];
        foreach (var (method, path, body) in others)
        {
            using var response = await _bench.SendAsync(method, path, body, payment);
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
            Assert.Contains("invalid_exact_evm_nonce_already_used", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Of_32_at_once_one_runs_and_the_others_wait_for_it()
    {
        var payment = await _bench.PaymentAsync("/report");

        var responses = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => _bench.SendAsync("/report", payment)));

        var bodies = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync()));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(["report 1 "], bodies.Distinct());
        Assert.Single(responses.Select(Headers).Distinct());
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Fact]
    public async Task Two_payments_are_two_purchases()
    {
        using var first = await _bench.SendAsync("/report", await _bench.PaymentAsync("/report"));
        using var second = await _bench.SendAsync("/report", await _bench.PaymentAsync("/report"));

        Assert.Equal("report 2 ", await second.Content.ReadAsStringAsync());
        Assert.Equal(100_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task Everything_below_a_path_has_its_price()
    {
        using var asked = await _bench.SendAsync("/below/deep");
        var demand = WireCodec.ParseDemandHeader(asked.Headers.GetValues(PaymentHeaders.Required).Single()).Value!;
        using var paid = await _bench.SendAsync("/below/deep", await WebBench.SignAsync(demand, _bench.Time));
        using var free = await _bench.SendAsync("/free");

        Assert.Equal(("7", "everything", "text/plain"), (demand.Accepts[0].Amount, demand.Resource.Description, demand.Resource.MimeType));
        Assert.Equal("below", await paid.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Fact]
    public async Task A_browsers_question_gets_no_work()
    {
        using var response = await _bench.SendAsync(HttpMethod.Options, "/report", null, ("Access-Control-Request-Method", "GET"), ("Origin", "https://x.example"));

        Assert.Equal((HttpStatusCode.NoContent, 0), (response.StatusCode, _runs));
    }

    private static string Headers(HttpResponseMessage response) => string.Join('\n', response.Headers.Where(header => header.Key != "Date")
        .Concat(response.Content.Headers).OrderBy(header => header.Key).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
}
