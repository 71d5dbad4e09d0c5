using Betar.Tests.Shared;
using Betar.X402.Calling;
using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Calling;

/// <summary>Pieces of an answer on the buyer's side, from sellers of every kind.</summary>
public sealed class PiecesTests : IDisposable
{
    private static readonly PaidRequest Paid = new() { CorrelationId = "c", Payment = new PaymentEnvelope() };

    private readonly ManualTime _time = new();
    private readonly ScriptedStream _stream = new();
    private readonly Heard _heard = new();

    public void Dispose() => _stream.Dispose();

    [Fact]
    public async Task Pieces_are_handed_on_as_they_come_and_the_frame_behind_them_is_the_answer()
    {
        using var client = Client();
        Task<ExchangeOutcome> paying = client.PayAsync(Paid, _heard, default);
        Piece("one ");
        Piece("");
        await _heard.UntilAsync("one ");
        Assert.False(paying.IsCompleted);
        Piece("two");
        Answer("not at all the same");
        Piece("after the end");
        ExchangeOutcome outcome = await paying.Soon();
        Assert.Equal("not at all the same", OutputBody.Decode(Assert.IsType<X402Response>(outcome.Reply).Body.Span));
        Assert.Equal("one two", _heard.Text);
    }

    [Fact]
    public async Task A_refusal_ends_the_pieces_too()
    {
        using var client = Client();
        Piece("half");
        _stream.Feed(Frame(X402Error.Create(StreamErrorCode.ExecutionFailed, "c", "It broke.")));
        Assert.IsType<X402Error>((await client.PayAsync(Paid, _heard, default).Soon()).Reply);
    }

    [Fact]
    public async Task Who_asked_for_none_takes_none_for_an_answer()
    {
        using var client = Client();
        Piece("one");
        Assert.Equal(ExchangeFailure.Malformed, (await client.PayAsync(Paid, default).Soon()).Failure);
    }

    [Fact]
    public async Task Endless_pieces_are_not_listened_to_for_ever()
    {
        using var client = Client(new X402ClientOptions { MaxPieces = 3 });
        for (int i = 0; i < 4; i++)
            Piece("x");
        Assert.Equal(ExchangeFailure.TooManyPieces, (await client.PayAsync(Paid, _heard, default).Soon()).Failure);
        Assert.False(client.IsUsable);
        Assert.Equal("xxx", _heard.Text);
    }

    [Fact]
    public async Task Pieces_without_an_answer_end_when_the_time_for_all_of_them_is_over()
    {
        using var client = Client();
        Task<ExchangeOutcome> paying = client.PayAsync(Paid, _heard, default);
        for (int i = 0; i < 18; i++)
        {
            Piece("x");
            await _heard.UntilAsync(new string('x', i + 1));
            Assert.False(paying.IsCompleted);
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(ExchangeFailure.TimedOut, (await paying.Soon()).Failure);
    }

    [Fact]
    public async Task A_seller_that_gives_no_sign_of_life_is_left_as_ever()
    {
        using var client = Client();
        Task<ExchangeOutcome> paying = client.PayAsync(Paid, _heard, default);
        Piece("x");
        await _heard.UntilAsync("x");
        await _stream.ReadIsWaitingAsync();
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(ExchangeFailure.TimedOut, (await paying.Soon()).Failure);
    }

    [Fact]
    public async Task A_giant_piece_is_refused_by_its_length_alone()
    {
        using var client = Client();
        byte[] header = FrameCodec.Encode(MessageTypes.Piece, new byte[(64 * 1024) + 1])[..16];
        _stream.Feed(header);
        Assert.Equal(ExchangeFailure.TooLarge, (await client.PayAsync(Paid, _heard, default).Soon()).Failure);
        Assert.True(_stream.LargestBuffer <= 4096, $"{_stream.LargestBuffer}");
    }

    [Theory]
    [InlineData("""{"correlation_id":"d","text":"x"}""", ExchangeFailure.WrongCorrelation)]
    [InlineData("""{"text":"x"}""", ExchangeFailure.WrongCorrelation)]
    [InlineData("""{"correlation_id":"c","text":7}""", ExchangeFailure.Malformed)]
    [InlineData("""{"correlation_id":"c","text":"x"}}""", ExchangeFailure.Malformed)]
    [InlineData("[]", ExchangeFailure.Malformed)]
    [InlineData("", ExchangeFailure.Malformed)]
    public async Task A_piece_that_is_none_ends_the_exchange(string json, ExchangeFailure failure)
    {
        using var client = Client();
        _stream.Feed(FrameCodec.Encode(MessageTypes.Piece, Golden.Utf8(json)));
        Assert.Equal(failure, (await client.PayAsync(Paid, _heard, default).Soon()).Failure);
        Assert.Equal("", _heard.Text);
    }

    [Fact]
    public async Task A_lost_stream_is_a_lost_stream_after_pieces_too()
    {
        using var client = Client();
        Piece("x");
        _stream.FeedEnd();
        Assert.Equal(ExchangeFailure.Disconnected, (await client.PayAsync(Paid, _heard, default).Soon()).Failure);
    }

    [Fact]
    public async Task Buyer_and_seller_of_ours()
    {
        var (buyer, seller) = ScriptedStream.Pair();
        using var bench = new PieceBench { Stream = (ScriptedStream)seller };
        Task<IPieceSink> begun = bench.BeginAsync();
        using var client = new X402StreamClient(buyer, new X402ClientOptions(), _time);
        IPieceSink pieces = await begun;
        Task<ExchangeOutcome> paying = client.PayAsync(Paid, _heard, default);
        pieces.Add("<b>\u2028 one");
        await _heard.UntilAsync("<b>\u2028 one");
        bench.Answer("two");
        Assert.IsType<X402Response>((await paying.Soon()).Reply);
        Assert.Equal(ConnectionEnd.Closed, await bench.Serving.Soon());
    }

    private X402StreamClient Client(X402ClientOptions? options = null) => new(_stream, options ?? new X402ClientOptions(), _time);

    private void Piece(string text) =>
        _stream.Feed(FrameCodec.Encode(MessageTypes.Piece, MessageCodec.Write(new X402Piece { CorrelationId = "c", Text = text })));

    private void Answer(string output) => _stream.Feed(Frame(new X402Response { CorrelationId = "c", Body = OutputBody.Write(output) }));

    private static byte[] Frame(X402Reply reply) => FrameCodec.Encode(MessageCodec.TypeOf(reply), MessageCodec.Write(reply));

    private sealed class Heard : IPieceSink
    {
        private volatile string _text = "";

        public string Text => _text;

        public bool IsOpen => true;

        public void Add(string text) => _text += text;

        public async Task UntilAsync(string text)
        {
            for (int i = 0; _text != text; i++)
            {
                Assert.True(i < 10_000_000, $"'{_text}' instead of '{text}'");
                await Task.Yield();
            }
        }
    }
}
