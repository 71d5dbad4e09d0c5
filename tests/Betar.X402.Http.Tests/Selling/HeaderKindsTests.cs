using System.Net;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Each kind of header pays for the same thing, one authorisation once, and two kinds at once for nothing.</summary>
public sealed class HeaderKindsTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() =>
        _bench = await WebBench.StartAsync(app => app.MapPaid("/work", 50_000, () => $"{Interlocked.Increment(ref _runs)}"));

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_header_pays_for_the_same_and_two_kinds_at_once_are_refused()
    {
        var (second, first) = (await SignAsync(2), await SignAsync(1));
        Assert.Equal((PaymentHeaders.Signature, PaymentHeaders.V1Payment), (second.Name, first.Name));
        using var both = await _bench.SendAsync("/work", second, first);
        Assert.Equal((HttpStatusCode.BadRequest, 0, 0), (both.StatusCode, _runs, await _bench.SellersMoneyAsync()));

        Assert.Equal("1", await PaidAsync(second));
        Assert.Equal("2", await PaidAsync(first));
        Assert.Equal(100_000, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task One_authorisation_in_two_kinds_of_headers_pays_once()
    {
        var second = await SignAsync(2);
        var payment = WireCodec.ParsePaymentHeader(second.Value).Value!;
        var first = (PaymentHeaders.V1Payment, PaymentHeaders.Encode(WireCodec.Write(payment with { Version = 1, Accepted = null })));
        Assert.Equal("1", await PaidAsync(second));

        Assert.Equal("1", await PaidAsync(first));
        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    private async Task<(string Name, string Value)> SignAsync(int version)
    {
        if (version == 2)
            return await _bench.PaymentAsync("/work");
        using var response = await _bench.SendAsync("/work");
        return await WebBench.SignAsync(WireCodec.ParseDemand(await response.Content.ReadAsByteArrayAsync()).Value!, _bench.Time);
    }

    private async Task<string> PaidAsync((string Name, string Value) header)
    {
        using var response = await _bench.SendAsync("/work", header);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
