using System.Net;
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

    private async Task AssertWaitsAsync(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> first,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> second,
        Func<HttpFacilitator, Task> ask)
    {
        var waits = new TaskCompletionSource();
        var time = new TimeThatTells(_bench.Time, Delay, waits);
        var handler = new ScriptedHandler(first, second);
        var asking = ask(new HttpFacilitator(new HttpClient(handler), new HttpFacilitatorOptions { Address = new Uri("http://f.example/"), RetryDelay = Delay }, time));

        await waits.Task.Soon();
        _bench.Time.Advance(Delay - TimeSpan.FromTicks(1));
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
