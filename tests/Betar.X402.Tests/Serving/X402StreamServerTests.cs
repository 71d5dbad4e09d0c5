using System.Text;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

public sealed class X402StreamServerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly ScriptedStream _stream = new();
    private readonly LimitHits _metrics = new();
    private readonly List<Exception> _faults = [];
    private readonly TestHandler _handler = new();

    public void Dispose()
    {
        _stream.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task A_request_and_a_paid_request_on_one_connection()
    {
        using var server = Server();
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_stream, "peer", default).Soon());
        var (type, quote) = await NextAsync();
        Assert.Equal(MessageTypes.PaymentRequired, type);
        Assert.Equal(Golden.CorrelationId, MessageCodec.ParsePaymentRequired(quote).Value!.CorrelationId);
        (type, var answer) = await NextAsync();
        Assert.Equal(MessageTypes.Response, type);
        Assert.Equal("4", OutputBody.Decode(MessageCodec.ParseResponse(answer).Value!.Body.Span));
        Assert.Equal(["request from peer at 1775000000", "paid request from peer at 1775000000"], _handler.Seen);
        Assert.True(_metrics.Of("betar.x402.frames/" + MessageTypes.Response) >= 1);
    }

    [Fact]
    public async Task An_unknown_type_gets_the_originals_error_to_the_byte()
    {
        using var server = Server();
        _stream.Feed(FrameCodec.Encode("x", "{}"u8));
        _stream.FeedEnd();
        await server.ServeAsync(_stream, "peer", default).Soon();
        Assert.Equal(
            "000a783430322e6572726f720000008c" + Convert.ToHexStringLower(Golden.Utf8(Golden.UnknownTypeError)),
            Convert.ToHexStringLower(await _stream.NextWriteAsync()));
        Assert.Empty(_handler.Seen);
    }

    [Theory]
    [InlineData(MessageTypes.Request)]
    [InlineData(MessageTypes.PaidRequest)]
    public async Task A_message_that_cannot_be_read_is_1000_and_the_connection_goes_on(string type)
    {
        using var server = Server();
        _stream.Feed(FrameCodec.Encode(type, "{\"body\":\"?\"}"u8), FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _stream.FeedEnd();
        await server.ServeAsync(_stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.InvalidMessage, (await NextErrorAsync()).Code);
        Assert.Equal(MessageTypes.PaymentRequired, (await NextAsync()).Type);
    }

    [Theory]
    [InlineData(MessageTypes.Response)]
    [InlineData(MessageTypes.PaymentRequired)]
    [InlineData(MessageTypes.Error)]
    public async Task Replies_are_no_requests(string type)
    {
        using var server = Server();
        _stream.Feed(FrameCodec.Encode(type, "{}"u8));
        _stream.FeedEnd();
        await server.ServeAsync(_stream, "peer", default).Soon();
        Assert.Equal($"unknown message type: {type}", (await NextErrorAsync()).Message);
    }

    [Theory]
    [InlineData("0000", ConnectionEnd.Malformed)]
    [InlineData("00010000", ConnectionEnd.Malformed)]
    [InlineData("000161ffffffff", ConnectionEnd.TooLarge)]
    public async Task A_malformed_frame_closes_without_a_word(string hex, ConnectionEnd end)
    {
        using var server = Server();
        _stream.Feed(Convert.FromHexString(hex));
        _stream.FeedEnd();
        Assert.Equal(end, await server.ServeAsync(_stream, "peer", default).Soon());
        Assert.True(_stream.WroteNothing);
    }

    [Fact]
    public async Task Frames_beyond_the_size_limit_are_counted()
    {
        using var server = Server(new X402ServerOptions { Frames = new FrameLimits { MaxDataLength = 100 } });
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, new byte[101]));
        Assert.Equal(ConnectionEnd.TooLarge, await server.ServeAsync(_stream, "peer", default).Soon());
        _metrics.AssertHit("frame_size");
    }

    [Fact]
    public async Task An_idle_connection_is_closed_and_counted()
    {
        using var server = Server();
        var serving = server.ServeAsync(_stream, "peer", default);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ConnectionEnd.Idle, await serving.Soon());
        _metrics.AssertHit("idle_time");
    }

    [Fact]
    public async Task A_slow_frame_is_closed_and_counted()
    {
        using var server = Server();
        _stream.Feed([0]);
        var serving = server.ServeAsync(_stream, "peer", default);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ConnectionEnd.TooSlow, await serving.Soon());
        _metrics.AssertHit("read_time");
    }

    [Fact]
    public async Task A_peer_that_does_not_take_its_answer_is_left_and_counted()
    {
        using var deaf = new ScriptedStream { PeerDoesNotRead = true };
        using var server = Server();
        deaf.Feed(FrameCodec.Encode("x", []));
        var serving = server.ServeAsync(deaf, "peer", default);
        await deaf.ReadIsWaitingAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ConnectionEnd.PeerNotReading, await serving.Soon());
        _metrics.AssertHit("write_time");
    }

    [Fact]
    public async Task Frames_of_one_connection_are_limited_and_counted()
    {
        using var server = Server(new X402ServerOptions { MaxFramesPerConnection = 2 });
        _stream.Feed(FrameCodec.Encode("x", []), FrameCodec.Encode("x", []), FrameCodec.Encode("x", []));
        Assert.Equal(ConnectionEnd.TooManyFrames, await server.ServeAsync(_stream, "peer", default).Soon());
        await NextErrorAsync();
        await NextErrorAsync();
        Assert.True(_stream.WroteNothing);
        _metrics.AssertHit("frames_per_connection");
    }

    [Fact]
    public async Task A_correlation_id_beyond_the_limit_is_refused_and_counted()
    {
        using var server = Server(new X402ServerOptions { MaxCorrelationIdLength = 4 });
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, "{\"correlation_id\":\"12345\"}"u8));
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, "{\"correlation_id\":\"1234\"}"u8));
        _stream.FeedEnd();
        await server.ServeAsync(_stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.InvalidMessage, (await NextErrorAsync()).Code);
        Assert.Equal(MessageTypes.PaymentRequired, (await NextAsync()).Type);
        _metrics.AssertHit("correlation_id");
    }

    [Fact]
    public async Task An_answer_that_no_frame_can_hold_becomes_an_error_and_is_counted()
    {
        using var server = Server();
        _handler.Output = new byte[FrameLimits.ProtocolMaxDataLength];
        _stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_stream, "peer", default).Soon());
        var error = await NextErrorAsync();
        Assert.Equal(StreamErrorCode.ExecutionFailed, error.Code);
        Assert.Equal(Golden.CorrelationId, error.CorrelationId);
        _metrics.AssertHit("answer_size");
    }

    [Fact]
    public async Task Calls_inside_the_handler_are_counted_up_and_down()
    {
        using var server = Server();
        _handler.Gate = new TaskCompletionSource();
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _stream.FeedEnd();
        var serving = server.ServeAsync(_stream, "peer", default);
        Assert.False(serving.IsCompleted);
        _handler.Gate.SetResult();
        await serving.Soon();
        Assert.True(_metrics.Seen("betar.x402.active_calls") >= 2, "up and down were not both seen");
    }

    [Theory]
    [InlineData(MessageTypes.Request, StreamErrorCode.InvalidMessage)]
    [InlineData(MessageTypes.PaidRequest, StreamErrorCode.ExecutionFailed)]
    public async Task A_handlers_exception_is_reported_here_and_not_there(string type, StreamErrorCode code)
    {
        using var server = Server();
        _handler.Throw = new InvalidOperationException("the database password is hunter2");
        _stream.Feed(FrameCodec.Encode(type, Golden.Utf8(type == MessageTypes.Request ? Golden.Request : Golden.PaidRequest)));
        _stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_stream, "peer", default).Soon());
        var error = await NextErrorAsync();
        Assert.Equal(code, error.Code);
        Assert.Equal(Golden.CorrelationId, error.CorrelationId);
        Assert.False(error.Retryable);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.Same(_handler.Throw, Assert.Single(_faults));
        Assert.True(_metrics.Of("betar.x402.handler_faults") >= 1);
    }

    [Fact]
    public async Task A_handlers_own_timeout_is_a_fault_too()
    {
        using var server = Server();
        _handler.Throw = new OperationCanceledException();
        _stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _stream.FeedEnd();
        await server.ServeAsync(_stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.ExecutionFailed, (await NextErrorAsync()).Code);
    }

    [Fact]
    public async Task Ending_the_service_ends_a_waiting_connection()
    {
        using var server = Server();
        using var service = new CancellationTokenSource();
        var serving = server.ServeAsync(_stream, "peer", service.Token);
        await service.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }

    [Fact]
    public async Task A_full_queue_is_busy_and_a_place_that_comes_free_is_taken()
    {
        using var server = Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 1 });
        _handler.Gate = new TaskCompletionSource();
        using var inside = new ScriptedStream();
        using var queued = new ScriptedStream();
        foreach (var stream in new[] { inside, queued, _stream })
        {
            stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
            stream.FeedEnd();
        }

        var first = server.ServeAsync(inside, "first", default);
        var second = server.ServeAsync(queued, "second", default);
        await server.ServeAsync(_stream, "third", default).Soon();
        var busy = await NextErrorAsync();
        Assert.Equal(StreamErrorCode.Busy, busy.Code);
        Assert.Equal(Golden.CorrelationId, busy.CorrelationId);
        Assert.True(busy.Retryable);
        _metrics.AssertHit("queue");
        Assert.Equal(["paid request from first at 1775000000"], _handler.Seen);

        _handler.Gate.SetResult();
        await first.Soon();
        await second.Soon();
        Assert.Equal(2, _handler.Seen.Count);
    }

    [Fact]
    public async Task Waiting_too_long_for_a_place_is_busy()
    {
        using var server = Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 5 });
        _handler.Gate = new TaskCompletionSource();
        using var inside = new ScriptedStream();
        foreach (var stream in new[] { inside, _stream })
        {
            stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
            stream.FeedEnd();
        }

        var first = server.ServeAsync(inside, "first", default);
        var second = server.ServeAsync(_stream, "second", default);
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        await second.Soon();
        Assert.Equal(StreamErrorCode.Busy, (await NextErrorAsync()).Code);
        _metrics.AssertHit("queue_time");
        _handler.Gate.SetResult();
        await first.Soon();
    }

    [Fact]
    public async Task One_callers_slow_frame_does_not_delay_another()
    {
        using var server = Server(new X402ServerOptions { MaxConcurrent = 1, MaxQueued = 0 });
        using var slow = new ScriptedStream();
        slow.Feed([0, 12]);
        var dragging = server.ServeAsync(slow, "slow", default);
        _stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_stream, "quick", default).Soon());
        Assert.Equal(MessageTypes.PaymentRequired, (await NextAsync()).Type);
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
        Assert.Throws<ArgumentException>(() => Server(wrong));
    }

    private X402StreamServer Server(X402ServerOptions? options = null) =>
        new(_handler, options ?? new X402ServerOptions(), _time, (fault, _) => _faults.Add(fault));

    private async Task<(string Type, byte[] Data)> NextAsync()
    {
        var written = await _stream.NextWriteAsync();
        var typeLength = written[1];
        return (Encoding.ASCII.GetString(written, 2, typeLength), written[(6 + typeLength)..]);
    }

    private async Task<X402Error> NextErrorAsync()
    {
        var (type, data) = await NextAsync();
        Assert.Equal(MessageTypes.Error, type);
        return MessageCodec.ParseError(data).Value!;
    }
}
