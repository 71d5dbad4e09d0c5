using System.Text;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

public sealed class X402StreamServerTests : IDisposable
{
    private readonly ServerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_request_and_a_paid_request_on_one_connection()
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _bench.Stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        var (type, quote) = await _bench.NextAsync();
        Assert.Equal(MessageTypes.PaymentRequired, type);
        Assert.Equal(Golden.CorrelationId, MessageCodec.ParsePaymentRequired(quote).Value!.CorrelationId);
        (type, var answer) = await _bench.NextAsync();
        Assert.Equal(MessageTypes.Response, type);
        Assert.Equal("4", OutputBody.Decode(MessageCodec.ParseResponse(answer).Value!.Body.Span));
        Assert.Equal(["request from peer at 1775000000", "paid request from peer at 1775000000"], _bench.Handler.Seen);
        Assert.True(_bench.Metrics.Of("betar.x402.frames/" + MessageTypes.Response) >= 1);
    }

    [Fact]
    public async Task A_stream_for_one_exchange_ends_when_that_is_answered()
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)), FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        Assert.Equal(ConnectionEnd.Closed, await server.ServeOneAsync(_bench.Stream, "peer", default).Soon());
        Assert.Equal(MessageTypes.PaymentRequired, (await _bench.NextAsync()).Type);
        Assert.Single(_bench.Handler.Seen);
    }

    [Fact]
    public async Task A_stream_for_one_exchange_on_which_nothing_came_is_closed()
    {
        using var server = _bench.Server();
        _bench.Stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeOneAsync(_bench.Stream, "peer", default).Soon());
        Assert.Empty(_bench.Handler.Seen);
    }

    [Fact]
    public async Task A_malformed_frame_is_no_exchange()
    {
        using var server = _bench.Server();
        _bench.Stream.Feed([0, 0, 0, 0]);
        Assert.Equal(ConnectionEnd.Malformed, await server.ServeOneAsync(_bench.Stream, "peer", default).Soon());
    }

    [Fact]
    public async Task An_unknown_type_gets_the_originals_error_to_the_byte()
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(FrameCodec.Encode("x", "{}"u8));
        _bench.Stream.FeedEnd();
        await server.ServeAsync(_bench.Stream, "peer", default).Soon();
        Assert.Equal(
            "000a783430322e6572726f720000008c" + Convert.ToHexStringLower(Golden.Utf8(Golden.UnknownTypeError)),
            Convert.ToHexStringLower(await _bench.Stream.NextWriteAsync()));
        Assert.Empty(_bench.Handler.Seen);
    }

    [Theory]
    [InlineData(MessageTypes.Request)]
    [InlineData(MessageTypes.PaidRequest)]
    public async Task A_message_that_cannot_be_read_is_1000_and_the_connection_goes_on(string type)
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(FrameCodec.Encode(type, "{\"body\":\"?\"}"u8), FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _bench.Stream.FeedEnd();
        await server.ServeAsync(_bench.Stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.InvalidMessage, (await _bench.NextErrorAsync()).Code);
        Assert.Equal(MessageTypes.PaymentRequired, (await _bench.NextAsync()).Type);
    }

    [Theory]
    [InlineData(MessageTypes.Response)]
    [InlineData(MessageTypes.PaymentRequired)]
    [InlineData(MessageTypes.Error)]
    public async Task Replies_are_no_requests(string type)
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(FrameCodec.Encode(type, "{}"u8));
        _bench.Stream.FeedEnd();
        await server.ServeAsync(_bench.Stream, "peer", default).Soon();
        Assert.Equal($"unknown message type: {type}", (await _bench.NextErrorAsync()).Message);
    }

    [Theory]
    [InlineData("0000", ConnectionEnd.Malformed)]
    [InlineData("00010000", ConnectionEnd.Malformed)]
    [InlineData("000161ffffffff", ConnectionEnd.TooLarge)]
    public async Task A_malformed_frame_closes_without_a_word(string hex, ConnectionEnd end)
    {
        using var server = _bench.Server();
        _bench.Stream.Feed(Convert.FromHexString(hex));
        _bench.Stream.FeedEnd();
        Assert.Equal(end, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        Assert.True(_bench.Stream.WroteNothing);
    }

    [Fact]
    public async Task Calls_inside_the_handler_are_counted_up_and_down()
    {
        using var server = _bench.Server();
        _bench.Handler.Gate = new TaskCompletionSource();
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.Request, Golden.Utf8(Golden.Request)));
        _bench.Stream.FeedEnd();
        var serving = server.ServeAsync(_bench.Stream, "peer", default);
        Assert.False(serving.IsCompleted);
        _bench.Handler.Gate.SetResult();
        await serving.Soon();
        Assert.True(_bench.Metrics.Seen("betar.x402.active_calls") >= 2, "up and down were not both seen");
    }

    [Theory]
    [InlineData(MessageTypes.Request, StreamErrorCode.InvalidMessage)]
    [InlineData(MessageTypes.PaidRequest, StreamErrorCode.ExecutionFailed)]
    public async Task A_handlers_exception_is_reported_here_and_not_there(string type, StreamErrorCode code)
    {
        using var server = _bench.Server();
        _bench.Handler.Throw = new InvalidOperationException("the database password is hunter2");
        _bench.Stream.Feed(FrameCodec.Encode(type, Golden.Utf8(type == MessageTypes.Request ? Golden.Request : Golden.PaidRequest)));
        _bench.Stream.FeedEnd();
        Assert.Equal(ConnectionEnd.Closed, await server.ServeAsync(_bench.Stream, "peer", default).Soon());
        var error = await _bench.NextErrorAsync();
        Assert.Equal(code, error.Code);
        Assert.Equal(Golden.CorrelationId, error.CorrelationId);
        Assert.False(error.Retryable);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
        Assert.Same(_bench.Handler.Throw, Assert.Single(_bench.Faults));
        Assert.True(_bench.Metrics.Of("betar.x402.handler_faults") >= 1);
    }

    [Fact]
    public async Task A_handlers_own_timeout_is_a_fault_too()
    {
        using var server = _bench.Server();
        _bench.Handler.Throw = new OperationCanceledException();
        _bench.Stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, Golden.Utf8(Golden.PaidRequest)));
        _bench.Stream.FeedEnd();
        await server.ServeAsync(_bench.Stream, "peer", default).Soon();
        Assert.Equal(StreamErrorCode.ExecutionFailed, (await _bench.NextErrorAsync()).Code);
    }

    [Fact]
    public async Task Ending_the_service_ends_a_waiting_connection()
    {
        using var server = _bench.Server();
        using var service = new CancellationTokenSource();
        var serving = server.ServeAsync(_bench.Stream, "peer", service.Token);
        await service.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => serving);
    }
}
