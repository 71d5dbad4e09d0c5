using System.Globalization;
using System.Net;
using Betar.Tests.Shared;
using Betar.X402.Facilitating;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Facilitating;

/// <summary>A facilitator that is in trouble is left alone for a while before it is asked again.</summary>
public sealed class RetryDelayTests : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(200);
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public Task A_verification_waits_before_it_is_asked_for_again() => AssertWaitsAsync(
        ScriptedHandler.Json("", HttpStatusCode.BadGateway), ScriptedHandler.Json("""{"isValid":true}"""), facilitator => facilitator.VerifyAsync(_bench.Call(), default));

    [Fact]
    public Task A_settlement_that_never_left_waits_before_it_is_sent_again() => AssertWaitsAsync(
        ScriptedHandler.Fails(HttpRequestError.ConnectionError), ScriptedHandler.Json("""{"success":true}"""), facilitator => facilitator.SettleAsync(_bench.Call(), "a", default));

    [Fact]
    public Task A_verification_waits_as_long_as_a_busy_facilitator_says() => AssertWaitsAsync(
        Busy(after: 7), ScriptedHandler.Json("""{"isValid":true}"""), facilitator => facilitator.VerifyAsync(_bench.Call(), default), TimeSpan.FromSeconds(7));

    [Fact]
    public Task A_settlement_waits_as_long_as_a_busy_facilitator_says() => AssertWaitsAsync(
        Busy(after: 7), ScriptedHandler.Json("""{"success":true}"""), facilitator => facilitator.SettleAsync(_bench.Call(), "a", default), TimeSpan.FromSeconds(7));

    [Fact]
    public Task A_date_says_it_too() => AssertWaitsAsync(
        Busy(_bench.Time.GetUtcNow().AddSeconds(3).ToString("R", CultureInfo.InvariantCulture)),
        ScriptedHandler.Json("""{"isValid":true}"""), facilitator => facilitator.VerifyAsync(_bench.Call(), default), TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("11")]
    [InlineData("soon")]
    public async Task Who_wants_more_time_than_there_is_or_names_none_is_taken_at_his_word(string after)
    {
        var handler = new ScriptedHandler(Busy(after));

        var response = await New(handler, _bench.Time).SettleAsync(_bench.Call(), "a", default).Soon();

        Assert.Equal((false, "busy", 1), (response.Success, response.ErrorReason, handler.Requests.Count));
    }

    [Fact]
    public async Task The_last_refusal_of_a_busy_facilitator_is_the_answer()
    {
        var handler = new ScriptedHandler(Busy("0"));

        var response = await New(handler, _bench.Time, TimeSpan.Zero).SettleAsync(_bench.Call(), "a", default).Soon();

        Assert.Equal((false, "busy", 3), (response.Success, response.ErrorReason, handler.Requests.Count));
    }

    [Fact]
    public async Task A_busy_facilitator_is_asked_no_more_often_than_another()
    {
        var handler = new ScriptedHandler(Busy("0"));

        var response = await New(handler, _bench.Time, TimeSpan.Zero).VerifyAsync(_bench.Call(), default).Soon();

        Assert.Equal((false, "unexpected_verify_error", 3), (response.IsValid, response.InvalidReason, handler.Requests.Count));
    }

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Busy(int after) => Busy(after.ToString(CultureInfo.InvariantCulture));

    private static Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Busy(string after) => async (request, cancellation) =>
    {
        var response = await ScriptedHandler.Json("""{"success":false,"errorReason":"busy","transaction":"","network":"eip155:84532"}""", HttpStatusCode.TooManyRequests)(request, cancellation);
        response.Headers.TryAddWithoutValidation("Retry-After", after);
        return response;
    };

    private static HttpFacilitator New(HttpMessageHandler handler, TimeProvider time, TimeSpan? delay = null) =>
        new(new HttpClient(handler), new HttpFacilitatorOptions { Address = new Uri("http://f.example/"), RetryDelay = delay ?? Delay }, time);

    private async Task AssertWaitsAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> first,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> second,
        Func<HttpFacilitator, Task> ask,
        TimeSpan? wait = null)
    {
        var delay = wait ?? Delay;
        var waits = new TaskCompletionSource();
        var time = new TimeThatTells(_bench.Time, delay, waits);
        var handler = new ScriptedHandler(first, second);
        var asking = ask(New(handler, time));

        await waits.Task.Soon();
        _bench.Time.Advance(delay - TimeSpan.FromTicks(1));
        Assert.Single(handler.Requests);

        _bench.Time.Advance(TimeSpan.FromTicks(1));
        await asking.Soon();
        Assert.Equal(2, handler.Requests.Count);
    }

    /// <summary>Says when somebody begins to wait for just so long.</summary>
    private sealed class TimeThatTells(ManualTime time, TimeSpan awaited, TaskCompletionSource waits) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = time.CreateTimer(callback, state, dueTime, period);
            if (dueTime == awaited)
                waits.TrySetResult();
            return timer;
        }
    }
}
