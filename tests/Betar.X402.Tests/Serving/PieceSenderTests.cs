using Betar.X402.Framing;
using Betar.X402.Pieces;
using Betar.X402.Protocol;
using Betar.X402.Serving;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Serving;

/// <summary>Pieces of an answer on the seller's side: before the answer, not too many, not too fast, and never at the cost of the work.</summary>
public sealed class PieceSenderTests
{
    [Fact]
    public async Task Pieces_come_before_the_answer_and_the_answer_is_a_frame_as_ever()
    {
        using var bench = new PieceBench();
        IPieceSink pieces = await bench.BeginAsync();
        pieces.Add("one ");
        var (type, json, _) = await bench.NextAsync();
        Assert.Equal((MessageTypes.Piece, """{"version":"1.0","correlation_id":"c","text":"one "}"""), (type, json));
        pieces.Add("two");
        Assert.Equal("two", await bench.NextTextAsync());
        bench.Answer("something else");
        Assert.Equal("something else", await bench.NextAnswerAsync());
        Assert.Equal(ConnectionEnd.Closed, await bench.Serving.Soon());

        pieces.Add("late");
        Assert.False(pieces.IsOpen);
        Assert.True(bench.Stream.WroteNothing);
    }

    [Fact]
    public async Task The_bytes_of_a_piece()
    {
        using var bench = new PieceBench();
        (await bench.BeginAsync()).Add("hi");
        byte[] frame = await bench.Stream.NextWriteAsync();
        Assert.StartsWith("000a783430322e706965636500000032", Convert.ToHexStringLower(frame), StringComparison.Ordinal);
        Assert.Equal(16 + 0x32, frame.Length);
        bench.Answer("hi");
        await bench.Serving.Soon();
    }

    [Fact]
    public async Task Text_that_comes_faster_than_allowed_travels_together()
    {
        using var bench = new PieceBench(new PieceLimits { PerSecond = 4 });
        IPieceSink pieces = await bench.BeginAsync();
        DateTimeOffset begun = bench.Time.GetUtcNow();
        pieces.Add("a");

        // The first is written at once: no time passes until the others wait.
        await bench.Stream.NextWriteAsync();
        pieces.Add("b");
        pieces.Add("c");
        var (_, json, second) = await bench.NextAsync();
        Assert.Contains("\"bc\"", json, StringComparison.Ordinal);
        Assert.True(second - begun >= TimeSpan.FromMilliseconds(250), $"{second - begun}");
        bench.Answer("abc");
        await bench.Serving.Soon();
    }

    [Fact]
    public async Task After_a_silence_an_empty_piece_says_that_the_work_goes_on()
    {
        using var bench = new PieceBench();
        DateTimeOffset begun = bench.Time.GetUtcNow();
        await bench.BeginAsync();
        var (type, json, at) = await bench.NextOfAllAsync();
        Assert.Equal((MessageTypes.Piece, """{"version":"1.0","correlation_id":"c","text":""}"""), (type, json));
        Assert.True(at - begun >= TimeSpan.FromSeconds(10), $"{at - begun}");
        Assert.Contains("\"text\":\"\"", (await bench.NextOfAllAsync()).Json, StringComparison.Ordinal);
        bench.Answer("x");
        Assert.Equal("x", await bench.NextAnswerAsync());
    }

    [Fact]
    public async Task An_answer_has_so_many_pieces_and_then_only_signs_of_life()
    {
        using var bench = new PieceBench(new PieceLimits { MaxPieces = 2 });
        IPieceSink pieces = await bench.BeginAsync();
        pieces.Add("a");
        Assert.Equal("a", await bench.NextTextAsync());
        pieces.Add("b");
        Assert.Equal("b", await bench.NextTextAsync());
        pieces.Add("c");
        Assert.Contains("\"text\":\"\"", (await bench.NextOfAllAsync()).Json, StringComparison.Ordinal);
        Assert.False(pieces.IsOpen);
        bench.Metrics.AssertHit("pieces");
        bench.Answer("abc");
        Assert.Equal("abc", await bench.NextAnswerAsync());
    }

    [Fact]
    public async Task More_than_may_wait_ends_the_pieces_and_not_the_answer()
    {
        using var bench = new PieceBench(new PieceLimits { MaxWaiting = 10 });
        IPieceSink pieces = await bench.BeginAsync();
        pieces.Add(new string('x', 1_000_000));
        Assert.Equal(new string('x', 10), await bench.NextTextAsync());
        Assert.Contains("\"text\":\"\"", (await bench.NextOfAllAsync()).Json, StringComparison.Ordinal);
        bench.Answer("all");
        Assert.Equal("all", await bench.NextAnswerAsync());
        bench.Metrics.AssertHit("pieces_waiting");
    }

    [Fact]
    public async Task A_buyer_that_asks_and_never_reads_is_left_and_the_work_is_not()
    {
        using var bench = new PieceBench { Stream = new ScriptedStream { PeerDoesNotRead = true } };
        IPieceSink pieces = await bench.BeginAsync();
        pieces.Add("x");
        await bench.Stream.ReadIsWaitingAsync();
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        while (pieces.IsOpen)
            await Task.Yield();
        Assert.False(bench.Serving.IsCompleted);
        bench.Answer("done all the same");
        Assert.Equal(ConnectionEnd.PeerNotReading, await bench.Serving.Soon());
        bench.Metrics.AssertHit("write_time");
    }

    [Fact]
    public async Task A_piece_that_is_being_written_is_finished_before_the_answer()
    {
        using var bench = new PieceBench { Stream = new ScriptedStream { PeerDoesNotRead = true } };
        (await bench.BeginAsync()).Add("x");
        await bench.Stream.ReadIsWaitingAsync();
        bench.Answer("not in the middle of a frame");
        await Task.Yield();
        Assert.False(bench.Serving.IsCompleted);
        bench.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ConnectionEnd.PeerNotReading, await bench.Serving.Soon());
    }

    [Fact]
    public async Task Once_nothing_may_be_said_any_more_nothing_is()
    {
        bool may = true;
        using var bench = new PieceBench(maySpeak: () => may);
        IPieceSink pieces = await bench.BeginAsync();
        pieces.Add("a");
        Assert.Equal("a", await bench.NextTextAsync());
        may = false;
        pieces.Add("b");
        while (pieces.IsOpen)
        {
            bench.Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        bench.Answer("ab");
        Assert.Equal(ConnectionEnd.PeerNotReading, await bench.Serving.Soon());
        Assert.True(bench.Stream.WroteNothing);
    }

    [Fact]
    public async Task The_end_of_the_service_ends_pieces_too()
    {
        using var over = new CancellationTokenSource();
        using var bench = new PieceBench();
        IPieceSink pieces = await bench.BeginAsync(over.Token);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Serving.Soon());
        Assert.False(pieces.IsOpen);
        Assert.True(bench.Stream.WroteNothing);
    }

    [Fact]
    public async Task Long_calls_leave_the_others_their_places()
    {
        using var bench = new ServerBench();
        bench.Handler.Gate = new TaskCompletionSource();
        using var server = bench.Server(new X402ServerOptions { MaxConcurrentInPieces = 1, MaxConcurrent = 1, MaxQueued = 0 });
        using ScriptedStream first = Asking(), second = Asking(), other = Asking();
        Task<ConnectionEnd> working = server.ServeOneInPiecesAsync(first, "a", default);
        Task<ConnectionEnd> refused = server.ServeOneInPiecesAsync(second, "b", default);
        Task<ConnectionEnd> plain = server.ServeOneAsync(other, "c", default);
        Assert.Contains("BUSY", System.Text.Encoding.UTF8.GetString(await second.NextWriteAsync()), StringComparison.Ordinal);
        bench.Handler.Gate.SetResult();
        Assert.All(await Task.WhenAll(working, refused, plain).Soon(), end => Assert.Equal(ConnectionEnd.Closed, end));
    }

    [Fact]
    public async Task Who_did_not_ask_gets_none()
    {
        using var bench = new ServerBench();
        using var server = bench.Server();
        bench.Stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, """{"correlation_id":"c"}"""u8));
        Assert.Equal(ConnectionEnd.Closed, await server.ServeOneAsync(bench.Stream, "peer", default).Soon());
        Assert.Equal(MessageTypes.Response, (await bench.NextAsync()).Type);
        Assert.Equal([false], bench.Handler.InPieces);
    }

    private static ScriptedStream Asking()
    {
        var stream = new ScriptedStream();
        stream.Feed(FrameCodec.Encode(MessageTypes.PaidRequest, """{"correlation_id":"c"}"""u8));
        return stream;
    }
}
