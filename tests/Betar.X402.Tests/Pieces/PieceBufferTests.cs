using Betar.Tests.Shared;
using Betar.X402.Pieces;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Pieces;

public sealed class PieceBufferTests
{
    [Fact]
    public async Task What_waits_is_read_together_and_the_end_comes_after_it()
    {
        var buffer = new PieceBuffer(new PieceLimits());
        buffer.Add("one ");
        buffer.Add("");
        buffer.Add("two");
        buffer.End();
        buffer.Add("never");

        Assert.False(buffer.IsOpen);
        Assert.Equal("one two", await TakeAsync(buffer));
        Assert.Null(await TakeAsync(buffer));
        Assert.Null(await TakeAsync(buffer));
    }

    [Fact]
    public async Task A_reader_waits_for_the_next_text_for_the_end_or_for_its_own_patience()
    {
        var buffer = new PieceBuffer(new PieceLimits());
        Task<string?> waiting = TakeAsync(buffer);
        Assert.False(waiting.IsCompleted);
        buffer.Add("x");
        Assert.Equal("x", await waiting);

        using var patience = new CancellationTokenSource();
        waiting = buffer.TakeAsync(patience.Token).AsTask();
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());

        waiting = TakeAsync(buffer);
        buffer.End();
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task A_long_text_comes_in_several_and_no_character_is_cut_in_two()
    {
        var buffer = new PieceBuffer(new PieceLimits { MaxCharacters = 3 });
        buffer.Add("ab😀cd");
        Assert.Equal("ab", await TakeAsync(buffer));
        Assert.Equal("😀c", await TakeAsync(buffer));
        Assert.Equal("d", await TakeAsync(buffer));
    }

    [Fact]
    public async Task A_character_whose_halves_come_one_by_one_is_read_whole()
    {
        var buffer = new PieceBuffer(new PieceLimits { MaxCharacters = 1 });
        buffer.Add("\ud83d");
        Task<string?> waiting = TakeAsync(buffer);
        Assert.False(waiting.IsCompleted);
        buffer.Add("\ude00");
        Assert.Equal("😀", await waiting);

        buffer.Add("\ud83d");
        buffer.End();
        Assert.Null(await TakeAsync(buffer));
    }

    [Fact]
    public async Task A_reader_that_is_too_slow_gets_the_beginning_and_nothing_from_the_middle()
    {
        using var metrics = new LimitHits();
        var buffer = new PieceBuffer(new PieceLimits { MaxWaiting = 4 });
        buffer.Add("abc");
        buffer.Add("def");
        buffer.Add("ghi");

        Assert.False(buffer.IsOpen);
        Assert.Equal("abcd", await TakeAsync(buffer));
        buffer.Add("jkl");
        Assert.Null(await TakeAsync(buffer));
        metrics.AssertHit("pieces_waiting");
    }

    /// <summary>Whatever is written in whatever sizes: what is read is the same text, in pieces that are not too long.</summary>
    [Fact]
    public async Task Any_text_in_any_cuts_comes_out_as_it_went_in()
    {
        int seed = TestSeed.Value;
        var random = new Random(seed);
        for (int round = 0; round < 200; round++)
        {
            int longest = random.Next(1, 20);
            var buffer = new PieceBuffer(new PieceLimits { MaxCharacters = longest });
            string text = string.Concat(Enumerable.Range(0, random.Next(0, 200)).Select(_ => random.Next(4) == 0 ? "😀" : "x"));
            for (int at = 0; at < text.Length;)
            {
                int length = Math.Min(random.Next(1, 30), text.Length - at);
                buffer.Add(text.Substring(at, length));
                at += length;
            }

            buffer.End();
            string read = "";
            while (await TakeAsync(buffer) is { } piece)
            {
                Assert.True(piece.Length is > 0 && piece.Length <= Math.Max(longest, 2) && !char.IsHighSurrogate(piece[^1]), $"seed {seed} round {round}: {piece.Length} of {longest}");
                read += piece;
            }

            Assert.True(read == text, $"seed {seed} round {round}");
        }
    }

    private static Task<string?> TakeAsync(PieceBuffer buffer) => buffer.TakeAsync(default).AsTask().Soon();
}
