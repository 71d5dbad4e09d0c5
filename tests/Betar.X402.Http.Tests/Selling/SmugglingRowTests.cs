using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.X402.Http.Selling;
using Betar.X402.Http.Tests.Support;
using Betar.X402.Wire;
using Microsoft.AspNetCore.Builder;

namespace Betar.X402.Http.Tests.Selling;

/// <summary>Requests that a proxy and we might read in two ways: each buys what it says to us, once, or nothing.</summary>
public sealed class SmugglingRowTests : IAsyncLifetime
{
    private WebBench _bench = null!;
    private int _runs;

    public async Task InitializeAsync() => _bench = await WebBench.StartAsync(app => app.MapPaid("/job", 50_000, () => $"{Interlocked.Increment(ref _runs)}"));

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("PAYMENT_SIGNATURE: {0}\r\n", "402")]
    [InlineData("X-Forwarded-PAYMENT-SIGNATURE: {0}\r\n", "402")]
    [InlineData("PAYMENT-SIGNATURE : {0}\r\n", "400")]
    [InlineData("X: y\r\n PAYMENT-SIGNATURE: {0}\r\n", "400")]
    [InlineData("PAYMENT-SIGNATURE: {0}\r\nPAYMENT_SIGNATURE: {0}\r\n", "200")]
    [InlineData("Connection: PAYMENT-SIGNATURE\r\nPAYMENT-SIGNATURE: {0}\r\n", "200")]
    public async Task Only_the_header_itself_is_a_payment(string headers, string status)
    {
        var (_, value) = await _bench.PaymentAsync("/job");

        var answer = await RawAsync($"GET /job HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers.Replace("{0}", value, StringComparison.Ordinal)}\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == "200" ? 50_000 : 0, await _bench.SellersMoneyAsync());
    }

    [Fact]
    public async Task A_payment_in_a_trailer_is_none()
    {
        var (name, value) = await _bench.PaymentAsync("/job");

        var answer = await RawAsync($"POST /job HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTrailer: {name}\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n{name}: {value}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 402 ", answer, StringComparison.Ordinal);
        Assert.Equal(0, _runs);
    }

    [Fact]
    public async Task The_payment_of_one_request_is_not_that_of_the_next_on_its_connection()
    {
        var (name, value) = await _bench.PaymentAsync("/job");

        var answers = await RawAsync($"GET /job HTTP/1.1\r\nHost: x\r\n{name}: {value}\r\n\r\nGET /job HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
        Assert.Contains("HTTP/1.1 402 ", answers, StringComparison.Ordinal);
        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_request_of_two_lengths_hides_no_second_one()
    {
        var (name, value) = await _bench.PaymentAsync("/job");
        var hidden = $"GET /job?hidden HTTP/1.1\r\nHost: x\r\n{name}: {value}\r\n\r\n";

        var answers = await RawAsync(
            $"POST /job HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {hidden.Length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}");

        Assert.DoesNotContain("HTTP/1.1 200 ", answers, StringComparison.Ordinal);
        Assert.Equal((0, 0), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Theory]
    [InlineData("GET", "/JOB")]
    [InlineData("GET", "/job/")]
    [InlineData("GET", "/job?")]
    [InlineData("GET", "/job?x=1")]
    [InlineData("GET", "/job#x")]
    [InlineData("HEAD", "/job")]
    [InlineData("POST", "/job")]
    [InlineData("GET", "/%6Aob")]
    [InlineData("GET", "/./job")]
    [InlineData("GET", "/a/../job")]
    public async Task The_same_payment_for_another_spelling_works_once(string method, string target)
    {
        var (name, value) = await _bench.PaymentAsync("/job");
        using var first = await _bench.SendAsync("/job", (name, value));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        await RawAsync($"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n{name}: {value}\r\n\r\n");

        Assert.Equal((1, 50_000), (_runs, await _bench.SellersMoneyAsync()));
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Original-URL", "/other")]
    [InlineData("X-Rewrite-URL", "/other")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("Forwarded", "host=evil.example;proto=https")]
    public async Task Words_of_a_proxy_that_nobody_configured_change_nothing(string header, string value)
    {
        using var plain = await _bench.SendAsync("/job");
        using var asked = await _bench.SendAsync("/job", (header, value));
        Assert.Equal(plain.Headers.GetValues(PaymentHeaders.Required).Single(), asked.Headers.GetValues(PaymentHeaders.Required).Single());
        var payment = await _bench.PaymentAsync("/job");
        using var first = await _bench.SendAsync("/job", payment);

        using var again = await _bench.SendAsync("/job", payment, (header, value));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(1, _runs);
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_bench.Address.Host, _bench.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        return await new StreamReader(stream).ReadToEndAsync();
    }
}
