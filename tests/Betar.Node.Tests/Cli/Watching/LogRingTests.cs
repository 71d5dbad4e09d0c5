using Betar.Node.Http.Streaming;
using Betar.Orleans.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Watching;

public sealed class LogRingTests
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Fact]
    public async Task It_keeps_so_many_and_says_how_many_are_lost()
    {
        LogRing ring = Ring(new LogRingOptions { Records = 3 });
        Say(ring, "1", "2", "3", "4", "5");

        Assert.Equal(["3", "4", "5"], await TextsAsync(ring, -1));
        LogRing.Part late = await ring.ReadAsync(1, LogLevel.Information, default, 10, default);
        Assert.Equal((5, 1, "3"), (late.Next, late.Lost, late.Records[0].Message));
        Assert.Equal(["3", "4", "5"], await TextsAsync(ring, 77));
    }

    [Fact]
    public async Task A_part_is_bounded_and_the_next_one_goes_on()
    {
        LogRing ring = Ring(new LogRingOptions());
        Say(ring, "1", "2", "3");

        LogRing.Part first = await ring.ReadAsync(-1, LogLevel.Information, default, 2, default);
        Assert.Equal(2, first.Next);
        Assert.Equal(["3"], await TextsAsync(ring, first.Next));
    }

    [Fact]
    public async Task Long_messages_are_cut_and_old_ones_left_out()
    {
        LogRing ring = Ring(new LogRingOptions { MessageLength = 4 });
        Say(ring, "long enough");
        _time.Advance(TimeSpan.FromSeconds(5));
        Say(ring, "new");

        Assert.Equal(["long…", "new"], await TextsAsync(ring, -1));
        Assert.Equal("new", Assert.Single((await ring.ReadAsync(-1, LogLevel.Information, _time.GetUtcNow(), 10, default)).Records).Message);
    }

    [Fact]
    public async Task Who_waits_hears_what_comes_and_nothing_of_lower_levels()
    {
        LogRing ring = Ring(new LogRingOptions());
        Task<LogRing.Part> waiting = ring.ReadAsync(0, LogLevel.Warning, default, 10, default);
        Say(ring, "quiet");
        Assert.False(waiting.IsCompleted);
        ring.Add(new LogRecord(_time.GetUtcNow(), LogLevel.Error, "x", "loud", null));

        LogRing.Part part = await waiting;
        Assert.Equal((2, "loud"), (part.Next, Assert.Single(part.Records).Message));
    }

    [Fact]
    public async Task A_wait_that_ends_is_an_empty_answer()
    {
        using var stop = new CancellationTokenSource();
        Task<LogRing.Part> waiting = Ring(new LogRingOptions()).ReadAsync(0, LogLevel.Information, default, 10, stop.Token);
        stop.Cancel();

        Assert.Empty((await waiting).Records);
    }

    [Fact]
    public async Task A_lower_level_is_kept_while_somebody_asks_for_it()
    {
        LogRing ring = Ring(new LogRingOptions { Attention = TimeSpan.FromSeconds(10) });
        using var feed = new LogFeed(NullLoggerFactory.Instance, _time) { Ring = ring };
        ILogger log = feed.CreateLogger("Betar.Thing");
        Assert.False(log.IsEnabled(LogLevel.Debug));

        await ring.ReadAsync(-1, LogLevel.Debug, default, 10, new CancellationToken(canceled: true));
        log.LogDebug("seen");
        _time.Advance(TimeSpan.FromSeconds(10));
        log.LogDebug("unseen");
        log.LogInformation("after");

        LogRing.Part part = await ring.ReadAsync(-1, LogLevel.Information, default, 10, default);
        Assert.Equal("after", Assert.Single(part.Records).Message);
        Assert.Equal(2, part.Next);
    }

    private LogRing Ring(LogRingOptions options) => new(options, _time);

    private void Say(LogRing ring, params string[] texts)
    {
        foreach (string text in texts)
            ring.Add(new LogRecord(_time.GetUtcNow(), LogLevel.Information, "x", text, null));
    }

    private static async Task<string[]> TextsAsync(LogRing ring, long after) =>
        [.. (await ring.ReadAsync(after, LogLevel.Information, default, 10, default)).Records.Select(record => record.Message)];
}
