using System.Net;
using Betar.X402.Facilitating;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Whatever goes back for a priced address, no cache on the way may keep it: neither what was paid for nor a refusal.</summary>
public sealed class CachingTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private IResult _answer = Results.Text("good");
    private Action<IHeaderDictionary> _headers = _ => { };

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(
        app => app.MapPaid("/work", 50_000, (HttpContext context) =>
        {
            _headers(context.Response.Headers);
            return _answer;
        }),
        options => new SellerOptions { PayTo = options.PayTo, MaxRequestLength = 100, MaxAnswerLength = 100 });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task No_refusal_is_kept()
    {
        var (name, value) = await _bench.PaymentAsync("/work");
        using var unpaid = await _bench.SendAsync("/work");
        using var malformed = await _bench.SendAsync("/work", (name, "x"));
        using var tooLong = await _bench.SendAsync(HttpMethod.Post, "/work", new string('x', 101), (name, value));
        _bench.Facilitator.Settling = call => SettleResponse.Failed(WireReasons.SettlementPending, call.Requirement.Network);
        using var pending = await _bench.SendAsync("/work", (name, value));
        using var conflict = await _bench.SendAsync("/work?other", (name, value));
        _bench.Facilitator.Verifying = _ => VerifyResponse.Invalid("permit2_allowance_required");
        using var allowance = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));
        _bench.Facilitator.Verifying = null;
        _answer = Results.Text(new string('x', 101));
        using var overflow = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        HttpResponseMessage[] all = [unpaid, malformed, tooLong, pending, conflict, allowance, overflow];
        Assert.Equal([402, 400, 413, 503, 409, 412, 500], all.Select(response => (int)response.StatusCode));
        Assert.All(all, AssertKeptByNobody);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(500)]
    public async Task A_handlers_own_refusal_is_not_kept_for_those_who_pay(int status)
    {
        _headers = headers => headers.CacheControl = "public, max-age=600";
        _answer = Results.Text("gone", statusCode: status);

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal((status, true, false), ((int)response.StatusCode, response.Headers.CacheControl!.Private, response.Headers.CacheControl.Public));
        Assert.Contains(PaymentHeaders.Signature, response.Headers.Vary);
        Assert.Null(WebBench.Settlement(response));
    }

    [Theory]
    [InlineData("CDN-Cache-Control", "max-age=600")]
    [InlineData("Cloudflare-CDN-Cache-Control", "max-age=600")]
    [InlineData("vercel-cdn-cache-control", "max-age=600")]
    [InlineData("Surrogate-Control", "max-age=600")]
    [InlineData("Edge-Control", "max-age=600")]
    [InlineData("X-Accel-Expires", "600")]
    [InlineData("Pragma", "public")]
    public async Task Words_that_only_caches_on_the_way_read_are_taken_out(string name, string value)
    {
        _headers = headers => headers[name] = value;

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains(name));
        AssertKeptByNobody(response);
    }

    [Theory]
    [InlineData("PUBLIC, S-MaxAge=600", "private, no-store")]
    [InlineData("public", "private, no-store")]
    [InlineData("max-age=60, must-revalidate", "private, max-age=60, must-revalidate")]
    [InlineData("no-store", "private, no-store")]
    public async Task What_the_handler_says_for_its_buyer_alone_stays(string said, string sent)
    {
        _headers = headers => headers.CacheControl = said;

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Equal(sent.Split(", ").Order(), response.Headers.CacheControl!.ToString().Split(", ").Order());
    }

    [Fact]
    public async Task A_handlers_own_Vary_stays_beside_ours()
    {
        _headers = headers => headers.Vary = "Accept-Language";

        using var response = await _bench.SendAsync("/work", await _bench.PaymentAsync("/work"));

        Assert.Contains("Accept-Language", response.Headers.Vary);
        Assert.Contains(PaymentHeaders.Signature, response.Headers.Vary);
        Assert.Contains(PaymentHeaders.V1Payment, response.Headers.Vary);
    }

    [Fact]
    public async Task A_stored_answer_comes_again_with_the_same_words()
    {
        var payment = await _bench.PaymentAsync("/work");
        using var first = await _bench.SendAsync("/work", payment);
        using var again = await _bench.SendAsync("/work", payment);

        AssertKeptByNobody(again);
        Assert.Equal(first.Headers.Vary, again.Headers.Vary);
    }

    private static void AssertKeptByNobody(HttpResponseMessage response)
    {
        Assert.Equal((true, true), (response.Headers.CacheControl?.NoStore, response.Headers.CacheControl?.Private));
        Assert.Contains(PaymentHeaders.Signature, response.Headers.Vary);
        Assert.Contains(PaymentHeaders.V1Payment, response.Headers.Vary);
    }
}
