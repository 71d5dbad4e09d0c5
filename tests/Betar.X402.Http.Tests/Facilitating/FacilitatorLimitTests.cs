using System.Net;
using System.Text;
using Betar.Tests.Shared;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Betar.X402.Http.Tests.Facilitating;

/// <summary>Who asks too often or too much is told when to come back, in the endpoint's own shape, and is counted.</summary>
public sealed class FacilitatorLimitTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly Scripted _facilitator = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly LimitHits _hits = new();
    private WebApplication? _app;

    public async ValueTask DisposeAsync()
    {
        _hits.Dispose();
        _http.Dispose();
        if (_app is not null)
            await _app.DisposeAsync();
    }

    [Fact]
    public async Task An_address_has_so_many_requests_a_minute_and_health_is_not_among_them()
    {
        await StartAsync(new FacilitatorEndpointOptions { RequestsPerAddress = 2, Time = _time });
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("supported")).StatusCode);
        _time.Advance(TimeSpan.FromSeconds(20.5));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("discovery/resources")).StatusCode);

        foreach (var (endpoint, shape) in new[] { ("verify", "\"isValid\":false"), ("settle", "\"success\":false") })
        {
            using var refused = await PostAsync(endpoint);
            Assert.Equal((HttpStatusCode.TooManyRequests, "40"), (refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
            Assert.Contains(shape, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync("supported")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync("discovery/resources")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("ready")).StatusCode);
        Assert.Equal(0, _facilitator.Settles);
        AssertHit("address");
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("supported")).StatusCode);
    }

    [Fact]
    public async Task So_many_settlements_are_under_way_at_once()
    {
        await StartAsync(new FacilitatorEndpointOptions { MaxSettles = 1, RetryAfter = TimeSpan.FromSeconds(3) });
        var under = PostAsync("settle");
        await _facilitator.Begun.Task;

        using var refused = await PostAsync("settle");
        _facilitator.Gate.SetResult();
        using var first = await under;
        using var later = await PostAsync("settle");

        Assert.Equal((HttpStatusCode.TooManyRequests, "3"), (refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, 2), (first.StatusCode, later.StatusCode, _facilitator.Settles));
        AssertHit("settles");
        Assert.True(_hits.Of("betar.facilitator.settlements/refused") >= 2);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("settle")]
    public async Task A_payers_limit_is_told_as_such(string endpoint)
    {
        _facilitator.Wait = TimeSpan.FromSeconds(12.1);
        _facilitator.Gate.SetResult();
        await StartAsync(new FacilitatorEndpointOptions());

        using var refused = await PostAsync(endpoint);

        Assert.Equal((HttpStatusCode.TooManyRequests, "13"), (refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.DoesNotContain("etryAfter", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        AssertHit("payer");
    }

    [Fact]
    public async Task A_body_that_is_too_long_is_counted()
    {
        await StartAsync(new FacilitatorEndpointOptions { Limits = new WireLimits { MaxBodyLength = 4096 } });

        using var refused = await PostAsync("settle", new string(' ', 4097));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        AssertHit("body");
    }

    [Fact]
    public async Task What_is_missing_is_said_before_anybody_sends_payments()
    {
        string? missing = "chain";
        await StartAsync(new FacilitatorEndpointOptions { Missing = _ => ValueTask.FromResult<string?>(missing) });

        using var notReady = await GetAsync("ready");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "1"), (notReady.StatusCode, notReady.Headers.RetryAfter!.ToString()));
        Assert.Equal("{\"status\":\"not ready\",\"missing\":\"chain\"}", await notReady.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("health")).StatusCode);
        missing = null;
        Assert.Equal("{\"status\":\"ready\"}", await (await GetAsync("ready")).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("10.0.0.1", "::ffff:10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "0.0.0.1", false)]
    public void The_addresses_of_one_network_of_version_6_are_one_caller(string one, string other, bool same) =>
        Assert.Equal(same, ClientAddress.Of(IPAddress.Parse(one)) == ClientAddress.Of(IPAddress.Parse(other)));

    [Fact]
    public void Who_has_no_address_is_a_caller_too() => Assert.Equal(UInt128.Zero, ClientAddress.Of(null));

    [Fact]
    public async Task Who_catalogues_says_so()
    {
        var catalog = new MemoryCatalog(new CatalogOptions(), _time);

        Assert.Equal(["bazaar"], (await new CatalogingFacilitator(_facilitator, catalog).SupportedAsync(default)).Extensions);
    }

    private void AssertHit(string limit) => Assert.True(_hits.Of("betar.facilitator.limit_hits/" + limit) >= 1, limit);

    private async Task StartAsync(FacilitatorEndpointOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapFacilitator(_facilitator, options);
        await _app.StartAsync();
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri($"{_app!.Urls.First()}/{path}"));

    private Task<HttpResponseMessage> PostAsync(string path, string pad = "")
    {
        var payment = WireCodec.ParsePaymentHeader(Vectors.SignatureHeader).Value!;
        var call = WireCodec.Write(new FacilitatorCall { Payment = payment, Requirement = payment.Accepted! });
        return _http.PostAsync(new Uri($"{_app!.Urls.First()}/{path}"), new StringContent(Encoding.UTF8.GetString(call) + pad));
    }

    private sealed class Scripted : IFacilitator
    {
        private int _settles;

        internal int Settles => _settles;

        internal TimeSpan? Wait { get; set; }

        internal TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) =>
            Task.FromResult(VerifyResponse.Invalid("x") with { RetryAfter = Wait });

        public async Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _settles);
            Begun.TrySetResult();
            await Gate.Task;
            return SettleResponse.Failed("x", "") with { RetryAfter = Wait };
        }

        public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => Task.FromResult(new SupportedKinds { Kinds = [] });
    }
}
