using System.Net;
using System.Text;
using Betar.X402.Facilitating;
using Betar.X402.Http.Facilitating;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Facilitating;

/// <summary>Our facilitator over HTTP, asked by our own client and by whoever sends what.</summary>
public sealed class FacilitatorEndpointTests : IAsyncLifetime
{
    private static readonly Requirement Offer = WireCodec.ParseDemandHeader(Vectors.RequiredHeader).Value!.Accepts[0];
    private WebBench _bench = null!;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(_ => { });

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_payment_is_verified_and_settled_once(int version)
    {
        var facilitator = Client();
        var call = await CallAsync(version);

        var verified = await facilitator.VerifyAsync(call, default);
        var settled = await facilitator.SettleAsync(call, "mine", default);
        var repeated = await facilitator.SettleAsync(call, "mine", default);
        var replayed = await facilitator.SettleAsync(call, "theirs", default);

        Assert.Equal((true, Vectors.Payer), (verified.IsValid, verified.Payer));
        Assert.Equal((true, "eip155:84532", settled.Transaction), (settled.Success, settled.Network, repeated.Transaction));
        Assert.Equal((true, "invalid_exact_evm_nonce_already_used", settled.Transaction), (repeated.Success, replayed.ErrorReason, replayed.Transaction));
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task Of_32_settlements_at_once_one_succeeds()
    {
        var call = await CallAsync(2);

        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Client().SettleAsync(call, null, default)));

        Assert.Single(all, response => response.Success);
        Assert.Equal(50_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task What_is_supported()
    {
        var kinds = await Client().SupportedAsync(default);

        Assert.True(kinds.Has(2, "exact", "eip155:84532") && kinds.Has(1, "exact", "eip155:84532"));
        Assert.Equal([Vectors.Other], kinds.Signers["eip155:*"]);
    }

    [Theory]
    [InlineData("verify", "", "invalid_payload", "\"isValid\":false")]
    [InlineData("settle", "{}", "invalid_payload", "\"success\":false")]
    [InlineData("verify", "{\"x402Version\":7,\"paymentPayload\":{\"x402Version\":7},\"paymentRequirements\":{}}", "invalid_x402_version", "\"isValid\":false")]
    [InlineData("settle", "[]", "invalid_payload", "\"transaction\":\"\"")]
    public async Task What_is_no_call_is_refused_in_the_same_shape(string endpoint, string body, string reason, string shape)
    {
        using var response = await PostAsync(endpoint, body);

        var text = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains($"\"{reason}\"", text, StringComparison.Ordinal);
        Assert.Contains(shape, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_has_a_longest_length()
    {
        var call = Encoding.UTF8.GetString(WireCodec.Write(await CallAsync(2)));
        using var fits = await PostAsync("verify", call.PadRight(64 * 1024));
        using var tooLong = await PostAsync("verify", call.PadRight((64 * 1024) + 1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge), (fits.StatusCode, tooLong.StatusCode));
        Assert.Contains("\"isValid\":false", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.BadRequest)]
    [InlineData(128, HttpStatusCode.OK)]
    [InlineData(129, HttpStatusCode.BadRequest)]
    public async Task An_attempt_has_a_longest_name(int length, HttpStatusCode status)
    {
        using var response = await PostAsync("settle", Encoding.UTF8.GetString(WireCodec.Write(await CallAsync(2))), new string('a', length));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task An_invalid_payment_is_an_answer_and_no_error()
    {
        var call = await CallAsync(2);
        using var response = await PostAsync("verify", Encoding.UTF8.GetString(WireCodec.Write(call with { Requirement = call.Requirement with { Amount = "1" } })));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("invalid_exact_evm_payload_authorization_value_mismatch", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("?limit=100&offset=5", HttpStatusCode.OK)]
    [InlineData("?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("?limit=101", HttpStatusCode.BadRequest)]
    [InlineData("?offset=-1", HttpStatusCode.BadRequest)]
    [InlineData("?limit=ten", HttpStatusCode.BadRequest)]
    public async Task The_catalogue_is_paged(string query, HttpStatusCode status)
    {
        using var response = await _bench.SendAsync("/facilitator/discovery/resources" + query);

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.OK)
            Assert.Equal(query.Length == 0 ? (20, 0, 0) : (100, 5, 0), Page(WireCodec.ParseDiscovery(await response.Content.ReadAsByteArrayAsync()).Value!));
    }

    [Fact]
    public async Task It_is_well()
    {
        using var response = await _bench.SendAsync("/facilitator/health");

        Assert.Equal("{\"status\":\"ok\"}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Options_out_of_range_are_all_named() =>
        Assert.Equal(6, new FacilitatorEndpointOptions { PageSize = 0, MaxPageSize = 1001, RequestsPerAddress = 0, MaxAddresses = 0, MaxSettles = 0, RetryAfter = TimeSpan.Zero }.Validate().Count);

    private static (int Limit, int Offset, int Total) Page(DiscoveryPage page) => (page.Limit, page.Offset, page.Total);

    private HttpFacilitator Client() =>
        new(_bench.Plain, new HttpFacilitatorOptions { Address = new Uri(_bench.Address, "/facilitator") }, TimeProvider.System);

    private async Task<FacilitatorCall> CallAsync(int version)
    {
        var offer = Offer with { MaxTimeoutSeconds = 60 };
        var demand = new PaymentDemand { Version = version, Resource = new ResourceInfo { Url = "u" }, Accepts = [offer] };
        var payment = WireCodec.ParsePaymentHeader((await WebBench.SignAsync(demand, _bench.Time)).Value).Value!;
        return new FacilitatorCall { Payment = payment, Requirement = offer, Resource = demand.Resource };
    }

    private async Task<HttpResponseMessage> PostAsync(string endpoint, string body, string? attempt = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_bench.Address, "/facilitator/" + endpoint)) { Content = new StringContent(body) };
        if (attempt is not null)
            request.Headers.TryAddWithoutValidation(FacilitatorPaths.AttemptHeader, attempt);
        return await _bench.Plain.SendAsync(request);
    }
}
