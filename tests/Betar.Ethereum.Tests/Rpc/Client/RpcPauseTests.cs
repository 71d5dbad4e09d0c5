using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Rpc.Client;

/// <summary>A node that has had enough is left alone for as long as it asked, within bounds.</summary>
public sealed class RpcPauseTests
{
    readonly ManualTime _time = new();
    int _requests;

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(429, null, 1)]
    [InlineData(429, "0", 1)]
    [InlineData(429, "100000", 60)]
    [InlineData(503, "7", 7)]
    [InlineData(503, null, 0)]
    [InlineData(500, null, 0)]
    [InlineData(200, "7", 0)]
    public async Task It_is_left_alone_for_as_long_as_it_asked(int status, string? retryAfter, int seconds)
    {
        var client = Client(status, retryAfter);
        await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
        Assert.Equal(1, _requests);
        if (seconds > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            var read = await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
            var send = await client.SendRawTransactionAsync(new byte[] { 1 }, default);
            Assert.Equal((1, "the node cannot be reached: it asked for a pause"), (_requests, read.Describe()));
            Assert.Equal((RpcStatus.Unreachable, read.Describe()), (send.Status, send.Describe()));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task A_time_of_day_is_understood_too()
    {
        var client = Client(429, _time.GetUtcNow().AddSeconds(20).ToString("R", CultureInfo.InvariantCulture));
        await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
        _time.Advance(TimeSpan.FromSeconds(19.9));
        await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
        Assert.Equal(1, _requests);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);
        Assert.Equal(2, _requests);
    }

    [Fact]
    public async Task A_refusal_with_an_error_object_is_told_as_it_is()
    {
        var client = Client(429, "7");
        var outcome = await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default);

        Assert.True(outcome.Error!.IsRateLimited);
        Assert.False((await client.CallAsync(new CallRequest(TestKeys.Usdc, default), default)).Error is { });
    }

    [Theory]
    [InlineData(0.009, 60)]
    [InlineData(61, 60)]
    [InlineData(5, 4)]
    [InlineData(1, 3601)]
    public void The_bounds_have_bounds(double least, double most)
    {
        var options = new JsonRpcOptions { RateLimitPause = TimeSpan.FromSeconds(least), MaxRetryAfter = TimeSpan.FromSeconds(most) };

        Assert.NotEmpty(options.Validate());
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), (new JsonRpcOptions().RateLimitPause, new JsonRpcOptions().MaxRetryAfter));
    }

    JsonRpcChainClient Client(int status, string? retryAfter) => new(
        new HttpClient(new ScriptedHandler((_, _) =>
        {
            _requests++;
            var response = ScriptedHandler.Text("""{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"too many requests"}}""", (HttpStatusCode)status);
            if (retryAfter is not null)
                response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(retryAfter);
            return Task.FromResult(response);
        })), new Uri("http://node"), null, _time);
}
