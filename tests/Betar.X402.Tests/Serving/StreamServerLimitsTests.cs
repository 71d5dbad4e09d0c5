using System.Text;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

/// <summary>Bounded memory and time for each peer, and never at another's cost.</summary>
public sealed class StreamServerLimitsTests : IDisposable
{
    private readonly ServerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Frames_beyond_the_size_limit_are_counted()
    {
        using var server = _bench.Server(new X402ServerOptions { Frames = new FrameLimits { MaxDataLength = 100 } });
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, new byte[101]));
        Assert.Equal(ConnectionEnd.TooLarge, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        _bench.Metrics.AssertHit("frame_size");
    }

    [Fact]
    public async Task An_idle_connection_is_closed_and_counted()
    {
        using var server = _bench.Server();
        var serving = server.ServeAsync(_bench.Stream, "peer", default);
        _bench.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ConnectionEnd.Idle, await serving.Soon());
        _bench.Metrics.AssertHit("idle_time");
    }

    [Fact]
    public async Task A_slow_frame_is_closed_and_counted()
    {
        using var server = _bench.Server();
        _bench.Stream.Feed([0]);
        var serving = server.ServeAsync(_bench.Stream, "peer", default);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ConnectionEnd.TooSlow, await serving.Soon());
        _bench.Metrics.AssertHit("read_time");
    }

    [Fact]
    public async Task A_peer_that_does_not_take_its_answer_is_left_and_counted()
    {
        using var deaf = new ScriptedStream { PeerDoesNotRead = true };
        using var server = _bench.Server();
        deaf.Feed(FrameCodec.Encode("x", []));
        var serving = server.ServeAsync(deaf, "peer", default);
        await deaf.ReadIsWaitingAsync();
        _bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ConnectionEnd.PeerNotReading, await serving.Soon());
        _bench.Metrics.AssertHit("write_time");
    }

    [Fact]
    public async Task Frames_of_one_connection_are_limited_and_counted()
    {
        using var server = _bench.Server(new X402ServerOptions { MaxFramesPerConnection = 2 });
        _bench.Stream.Feed(FrameCodec.Encode("x", []), FrameCodec.Encode("x", []), FrameCodec.Encode("x", []));
        Assert.Equal(ConnectionEnd.TooManyFrames, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        await _bench.NextErrorAsync();
        await _bench.NextErrorAsync();
        Assert.True(_bench.Stream.WroteNothing);
        _bench.Metrics.AssertHit("frames_per_connection");
    }

    [Fact]
    public async Task A_correlation_id_beyond_the_limit_is_refused_and_counted()
    {
        using var server = _bench.Server(new X402ServerOptions { MaxCorrelationIdLength = 4 });
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, "{\"correlation_id\":\"12345\"}"u8));
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, "{\"correlation_id\":\"1234\"}"u8));
        _bench.Stream.FeedEnd();
        await server.ServeAsync(_bench.Stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.InvalidMessage, (await _bench.NextErrorAsync()).Code);
        Assert.Equal(MessageTypes.PaymentRequired, (await _bench.NextAsync()).Type);
        _bench.Metrics.AssertHit("correlation_id");
    }

    [Fact]
    public async Task An_answer_that_no_frame_can_hold_becomes_an_error_and_is_counted()
    {
        using var server = _bench.Server();
        _bench.Handler.Output = new byte[FrameLimits.ProtocolMaxDataLength];
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _bench.Stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        var error = await _bench.NextErrorAsync();
        Assert.Equal(StreamErrorCode.ExecutionFailed, error.Code);
        Assert.Equal(Golden.CorrelationId, error.CorrelationId);
        _bench.Metrics.AssertHit("answer_size");
    }

    [Fact]
    public async Task A_full_queue_is_busy_and_a_place_that_comes_free_is_taken()
    {
        using var server = _bench.Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 1 });
        _bench.Handler.Gate = new TaskCompletionSource();
        using var inside = new ScriptedStream();
        using var queued = new ScriptedStream();
        foreach (var stream in new[] { inside, queued, _bench.Stream })
        {
            stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
            stream.FeedEnd();
        }

        var first = server.ServeAsync(inside, "first", default);
        var second = server.ServeAsync(queued, "second", default);
        await server.ServeAsync(_bench.Stream, "third", default).Soon();
        var busy = await _bench.NextErrorAsync();
        Assert.Equal(StreamErrorCode.Busy, busy.Code);
        Assert.Equal(Golden.CorrelationId, busy.CorrelationId);
        Assert.True(busy.Retryable);
        _bench.Metrics.AssertHit("queue");
        Assert.Equal(["paid request from first at 1775000000"], _bench.Handler.Seen);

        _bench.Handler.Gate.SetResult();
        await first.Soon();
        await second.Soon();
        Assert.Equal(2, _bench.Handler.Seen.Count);
    }

    [Fact]
    public async Task Waiting_too_long_for_a_place_is_busy()
    {
        using var server = _bench.Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 5 });
        _bench.Handler.Gate = new TaskCompletionSource();
        using var inside = new ScriptedStream();
        foreach (var stream in new[] { inside, _bench.Stream })
        {
            stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
            stream.FeedEnd();
        }

        var first = server.ServeAsync(inside, "first", default);
        var second = server.ServeAsync(_bench.Stream, "second", default);
        Assert.False(second.IsCompleted);
        _bench.Time.Advance(TimeSpan.FromSeconds(5));
        await second.Soon();
        Assert.Equal(StreamErrorCode.Busy, (await _bench.NextErrorAsync()).Code);
        _bench.Metrics.AssertHit("queue_time");
        _bench.Handler.Gate.SetResult();
        await first.Soon();
    }

    [Fact]
    public async Task One_callers_slow_frame_does_not_delay_another()
    {
        using var server = _bench.Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 0 });
        using var slow = new ScriptedStream();
        slow.Feed([0, 12]);
        var dragging = server.ServeAsync(slow, "slow", default);
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _bench.Stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_bench.Stream, "quick", default).Soon());
        Assert.Equal(MessageTypes.PaymentRequired, (await _bench.NextAsync()).Type);
        slow.FeedEnd();
        Assert.Equal(ConnectionEnd.Malformed, await dragging.Soon());
    }

    [Fact]
    public void Options_report_every_fault_at_once()
    {
        var options = new X402ServerOptions();
        Assert.Empty(options.Validate());
        Assert.Equal((256, 1024, 100_000, 256), (options.MaxConcurrent, options.MaxQueued, options.MaxFramesPerConnection, options.MaxCorrelationIdLength));
        Assert.Equal(TimeSpan.FromSeconds(5), options.QueueTimeout);
        var wrong = new X402ServerOptions
        {
            MaxConcurrent = 0, MaxQueued = -1, MaxFramesPerConnection = 0, MaxCorrelationIdLength = 0, QueueTimeout = TimeSpan.Zero,
            Frames = new FrameLimits { MaxDataLength = 0 },
        };
        Assert.Equal(6, wrong.Validate().Count);
        Assert.Throws<ArgumentException>(() => _bench.Server(wrong));
    }
}
