using System.Net;
using System.Net.Sockets;
using Betar.Tests.Shared;
using Betar.X402.Calling;
using Betar.X402.Framing;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Calling;

public sealed class X402StreamClientTests : IDisposable
{
    private static readonly X402Request Request = new() { CorrelationId = "c", Resource = "r" };
    private static readonly PaidRequest Paid = new() { CorrelationId = "c", Payment = new PaymentEnvelope() };

    private readonly ManualTime _time = new();
    private readonly ScriptedStream _stream = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task A_request_is_one_frame_and_its_reply_comes_back()
    {
        using var client = Client();
        Answer(new X402Response { CorrelationId = "c", Body = OutputBody.Write("4") });
        var outcome = await client.RequestAsync(Request, default);
        Assert.Equal(ExchangeFailure.None, outcome.Failure);
        Assert.Equal("4", OutputBody.Decode(Assert.IsType<X402Response>(outcome.Reply).Body.Span));
        Assert.Equal(FrameCodec.Encode(MessageTypes.Request, MessageCodec.Write(Request)), await _stream.NextWriteAsync());
        Assert.True(client.IsUsable);
    }

    [Fact]
    public async Task Quote_error_and_payment_on_one_connection()
    {
        using var client = Client();
        Answer(new PaymentRequired { CorrelationId = "c" });
        Answer(X402Error.Create(StreamErrorCode.Busy, "c", "later"));
        Answer(X402Error.Create(StreamErrorCode.InvalidMessage, "", "unreadable"));
        Assert.IsType<PaymentRequired>((await client.RequestAsync(Request, default)).Reply);
        Assert.Equal(StreamErrorCode.Busy, Assert.IsType<X402Error>((await client.PayAsync(Paid, default)).Reply).Code);
        Assert.Equal("", Assert.IsType<X402Error>((await client.PayAsync(Paid, default)).Reply).CorrelationId);
        await _stream.NextWriteAsync();
        Assert.Equal(FrameCodec.Encode(MessageTypes.PaidRequest, MessageCodec.Write(Paid)), await _stream.NextWriteAsync());
    }

    [Fact]
    public async Task An_answer_to_another_request_is_no_answer()
    {
        using var client = Client();
        Answer(new X402Response { CorrelationId = "d" });
        await AssertFailsAsync(client, ExchangeFailure.WrongCorrelation);
    }

    [Theory]
    [InlineData(MessageTypes.Request, "{}")]
    [InlineData("other", "{}")]
    [InlineData(MessageTypes.Response, "[]")]
    [InlineData(MessageTypes.PaymentRequired, """{"payment_requirements":7}""")]
    public async Task An_answer_that_is_none(string type, string json)
    {
        using var client = Client();
        _stream.Feed(FrameCodec.Encode(type, Golden.Utf8(json)));
        await AssertFailsAsync(client, ExchangeFailure.Malformed);
    }

    [Fact]
    public async Task A_broken_header()
    {
        using var client = Client();
        _stream.Feed([0, 0]);
        await AssertFailsAsync(client, ExchangeFailure.Malformed);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit()
    {
        using var client = new X402StreamClient(_stream, new X402ClientOptions { MaxAnswerLength = 10 }, _time);
        _stream.Feed(FrameCodec.Encode(MessageTypes.Response, new byte[11]));
        await AssertFailsAsync(client, ExchangeFailure.TooLarge);
    }

    [Fact]
    public async Task A_connection_that_ends_or_breaks()
    {
        using var client = Client();
        _stream.FeedEnd();
        await AssertFailsAsync(client, ExchangeFailure.Disconnected);

        using var broken = new ScriptedStream { Broken = true };
        using var other = new X402StreamClient(broken, new X402ClientOptions(), _time);
        await AssertFailsAsync(other, ExchangeFailure.Disconnected);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_though_bytes_do()
    {
        using var client = Client();
        var frame = FrameCodec.Encode(MessageTypes.Response, "{}"u8);
        var exchange = client.RequestAsync(Request, default);
        for (var i = 0; i < 5; i++)
        {
            await _stream.ReadIsWaitingAsync();
            _time.Advance(TimeSpan.FromSeconds(5));
            _stream.Feed(frame[i..(i + 1)]);
        }

        await _stream.ReadIsWaitingAsync();
        Assert.False(exchange.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ExchangeFailure.TimedOut, (await exchange).Failure);
        Assert.False(client.IsUsable);
    }

    [Fact]
    public async Task The_callers_own_cancellation_is_an_exception_and_spoils_the_connection()
    {
        using var client = Client();
        using var cancellation = new CancellationTokenSource();
        var exchange = client.RequestAsync(Request, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => exchange);
        Assert.False(client.IsUsable);
    }

    [Fact]
    public async Task Exchanges_wait_for_each_other()
    {
        using var client = Client();
        var first = client.RequestAsync(Request, default);
        var second = client.PayAsync(Paid, default);
        await _stream.NextWriteAsync();
        Assert.True(_stream.WroteNothing);
        Answer(new PaymentRequired { CorrelationId = "c" });
        Assert.IsType<PaymentRequired>((await first).Reply);
        await _stream.NextWriteAsync();
        Answer(new X402Response { CorrelationId = "c" });
        Assert.IsType<X402Response>((await second).Reply);
    }

    [Fact]
    public void Options_report_every_fault_at_once()
    {
        Assert.Empty(new X402ClientOptions().Validate());
        Assert.Equal(TimeSpan.FromSeconds(30), new X402ClientOptions().Timeout);
        Assert.Equal(FrameLimits.ProtocolMaxDataLength, new X402ClientOptions().MaxAnswerLength);
        var wrong = new X402ClientOptions { Timeout = TimeSpan.Zero, MaxAnswerLength = 0 };
        Assert.Equal(2, wrong.Validate().Count);
        Assert.Throws<ArgumentException>(() => new X402StreamClient(_stream, wrong, _time));
    }

    [Fact]
    public async Task Client_and_server_of_ours_over_tcp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var handler = new TestHandler();
        using var server = new X402StreamServer(handler, new X402ServerOptions(), TimeProvider.System, (_, _) => { });
        using var buyer = new TcpClient();
        await buyer.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var seller = await listener.AcceptTcpClientAsync();
        var serving = server.ServeAsync(seller.GetStream(), "buyer", default);
        using (var client = new X402StreamClient(buyer.GetStream(), new X402ClientOptions(), TimeProvider.System))
        {
            var large = Request with { Body = new byte[300_000] };
            Assert.IsType<PaymentRequired>((await client.RequestAsync(large, default)).Reply);
            for (var i = 0; i < 50; i++)
            {
                Assert.IsType<X402Response>((await client.PayAsync(Paid, default)).Reply);
            }
        }

        buyer.Close();
        Assert.Equal(ConnectionEnd.Closed, await serving);
        Assert.Equal(51, handler.Seen.Count);
    }

    [Fact]
    public async Task Client_and_server_of_ours_in_memory()
    {
        var (buyer, seller) = ScriptedStream.Pair();
        var handler = new TestHandler();
        using var server = new X402StreamServer(handler, new X402ServerOptions(), _time, (_, _) => { });
        var serving = server.ServeAsync(seller, "buyer", default);
        using var client = new X402StreamClient(buyer, new X402ClientOptions(), _time);
        Assert.IsType<PaymentRequired>((await client.RequestAsync(Request, default)).Reply);
        await buyer.DisposeAsync();
        Assert.Equal(ConnectionEnd.Closed, await serving);
        await seller.DisposeAsync();
    }

    private X402StreamClient Client() => new(_stream, new X402ClientOptions(), _time);

    private void Answer(X402Reply reply) => _stream.Feed(FrameCodec.Encode(MessageCodec.TypeOf(reply), MessageCodec.Write(reply)));

    private static async Task AssertFailsAsync(X402StreamClient client, ExchangeFailure failure)
    {
        var outcome = await client.RequestAsync(Request, default);
        Assert.Equal(failure, outcome.Failure);
        Assert.False(outcome.HasReply);
        Assert.False(client.IsUsable);

        // A connection that failed once could give an old answer to a new question.
        Assert.Equal(ExchangeFailure.Disconnected, (await client.RequestAsync(Request, default)).Failure);
    }
}
