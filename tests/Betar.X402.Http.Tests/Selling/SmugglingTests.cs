using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Attacks on the way between buyer and seller: two payments in one request, answers that a cache would keep, headers that lie.</summary>
public sealed class SmugglingTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(app =>
    {
        app.MapPaid("/work", 50_000, () => $"{Interlocked.Increment(ref _runs)}");
        app.MapPaid("/cached", 50_000, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=60, s-maxage=600";
            context.Response.Headers["CDN-Cache-Control"] = "max-age=600";
            context.Response.Headers["Surrogate-Control"] = "max-age=600";
            context.Response.Headers.Expires = "Thu, 01 Jan 2099 00:00:00 GMT";
            context.Response.Headers[PaymentHeaders.Response] = "forged";
            context.Response.Headers[PaymentHeaders.V1Response] = "forged";
            return "cached";
        });
    }, storage: new MemoryStoreOptions { MaxEntries = 3 });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Two_payments_in_one_request_are_refused_and_none_is_touched()
    {
        var (one, other) = (await _bench.PaymentAsync("/work"), await _bench.PaymentAsync("/work"));
        string[] requests =
        [
            $"{one.Name}: {one.Value}\r\n{other.Name}: {other.Value}\r\n",
            $"{one.Name}: {one.Value}\r\n{one.Name.ToLowerInvariant()}: {one.Value}\r\n",
            $"{one.Name}: {one.Value}, {other.Value}\r\n",
            $"{one.Name}: {one.Value}\r\nX-PAYMENT: {other.Value}\r\n",
        ];
        foreach (var headers in requests)
            Assert.StartsWith("HTTP/1.1 400 ", await RawAsync(headers), StringComparison.Ordinal);

        Assert.Equal((0, 0), (_runs, await _bench.SellersMoneyAsync()));
        using var honest = await _bench.SendAsync("/work", one);
        Assert.Equal(HttpStatusCode.OK, honest.StatusCode);
    }

    [Fact]
    public async Task A_header_that_is_no_payment_is_refused()
    {
        var (name, value) = await _bench.PaymentAsync("/work");
        (string Name, string Value)[] wrong =
        [
            (name, ""), (name, "e30="), (name, value[..^4]), (name, value.Replace('A', '-')), (name, value + " " + value), (name, new string('A', 16_388)),
            (PaymentHeaders.V1Payment, value), (name, "{\"x402Version\":2}"),
        ];
        foreach (var header in wrong)
        {
            using var response = await _bench.SendAsync("/work", header);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("invalid_payload", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        }
    }

    [Theory]
    [InlineData("amount", "49999")]
    [InlineData("network", "eip155:8453")]
    [InlineData("payTo", Vectors.Other)]
    [InlineData("asset", Vectors.Other)]
    [InlineData("scheme", "upto")]
    public async Task A_payment_for_another_offer_is_refused(string member, string value)
    {
        var demand = await _bench.DemandAsync("/work");
        var (name, header) = await WebBench.SignAsync(demand, _bench.Time);
        var payment = WireCodec.ParsePaymentHeader(header).Value!;
        var accepted = payment.Accepted!;
        accepted = member switch
        {
            "amount" => accepted with { Amount = value },
            "network" => accepted with { Network = value },
            "payTo" => accepted with { PayTo = value },
            "asset" => accepted with { Asset = value },
            _ => accepted with { Scheme = value },
        };

        using var response = await _bench.SendAsync("/work", (name, PaymentHeaders.Encode(WireCodec.Write(payment with { Accepted = accepted }))));

        Assert.Equal((HttpStatusCode.PaymentRequired, "No matching payment requirements", 0), (response.StatusCode, WebBench.Error(response), _runs));
    }

    [Fact]
    public async Task Who_saw_a_payment_but_cannot_sign_gets_nothing()
    {
        var payment = await _bench.PaymentAsync("/work");
        using var bought = await _bench.SendAsync("/work", payment);
        var json = Encoding.UTF8.GetString(Convert.FromBase64String(payment.Value));
        var at = json.IndexOf("\"signature\":\"0x", StringComparison.Ordinal) + 15;
        var forged = json[..at] + (json[at] == '1' ? '2' : '1') + json[(at + 1)..];

        using var stolen = await _bench.SendAsync("/work", (payment.Name, PaymentHeaders.Encode(Encoding.UTF8.GetBytes(forged))));

        Assert.Equal((HttpStatusCode.PaymentRequired, "invalid_exact_evm_signature"), (stolen.StatusCode, WebBench.Error(stolen)));
    }

    [Fact]
    public async Task No_cache_may_keep_what_was_paid_for()
    {
        using var response = await _bench.SendAsync("/cached", await _bench.PaymentAsync("/cached"));

        Assert.Equal((true, TimeSpan.FromSeconds(60), false, null), (
            response.Headers.CacheControl!.Private, response.Headers.CacheControl.MaxAge, response.Headers.CacheControl.Public, response.Headers.CacheControl.SharedMaxAge));
        Assert.False(response.Headers.Contains("CDN-Cache-Control") || response.Headers.Contains("Surrogate-Control") || response.Content.Headers.Contains("Expires"));
        Assert.Contains(PaymentHeaders.Signature, response.Headers.Vary);
        Assert.True(WebBench.Settlement(response)!.Success);
        Assert.False(response.Headers.Contains(PaymentHeaders.V1Response));
    }

    [Fact]
    public async Task A_full_store_touches_no_payment()
    {
        for (var i = 0; i < 3; i++)
            (await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"))).Dispose();

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, 3, 150_000), (response.StatusCode, _runs, await _bench.SellersMoneyAsync()));
        _bench.Time.Advance(TimeSpan.FromHours(25));
        using var later = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public void Options_out_of_range_are_all_named()
    {
        Assert.Equal(5, new SellerOptions { PayTo = default, MaxTimeout = TimeSpan.Zero, MaxRequestLength = -1, MaxAnswerLength = 0, RetryAfter = TimeSpan.Zero }.Validate().Count);
        Assert.Equal(3, new MemoryStoreOptions { Keep = TimeSpan.FromHours(23), MaxEntries = 0, MaxBytes = 0 }.Validate().Count);
    }

    // HttpClient would join such headers; a hostile client would not.
    private async Task<string> RawAsync(string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_bench.Address.Host, _bench.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET /work HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n"));
        return await new StreamReader(stream).ReadToEndAsync();
    }
}
