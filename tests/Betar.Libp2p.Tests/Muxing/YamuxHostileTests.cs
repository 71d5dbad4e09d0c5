using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>Peers that mean harm meet the default limits.</summary>
public sealed class YamuxHostileTests
{
    [Fact]
    public void A_flood_of_pings_ends_the_session() => Simulated.Run(run => ExpectFloodAsync(run, raw => raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 1)));

    [Fact]
    public void A_flood_of_empty_data_ends_the_session() => Simulated.Run(run => ExpectFloodAsync(run, raw => raw.SendAsync(YamuxFrameType.Data, YamuxFlags.None, 1, 0)));

    [Fact]
    public void A_flood_of_useless_window_updates_ends_the_session() => Simulated.Run(run => ExpectFloodAsync(run, raw => raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.None, 1, 1)));

    [Fact]
    public void A_flood_of_resets_for_nothing_ends_the_session() => Simulated.Run(run => ExpectFloodAsync(run, raw => raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, 99, 0)));

    /// <summary>Streams that are opened only to be reset: nobody may make us work for nothing.</summary>
    [Fact]
    public void Rapid_reset_ends_the_session() => Simulated.Run(run =>
    {
        var id = 3u;
        return ExpectFloodAsync(run, async raw =>
        {
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, id, 0);
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, id, 0);
            id += 2;
        });
    });

    [Fact]
    public void As_many_pings_as_allowed_are_answered_for_ever() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        for (var i = 0u; i < 2000; i++)
        {
            await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, i);
            YamuxHeader header;
            do
                (header, _) = await raw.ReadAsync();
            while (header.Flags != YamuxFlags.Ack);
            Assert.Equal(i, header.Length);
            await run.Wait(TimeSpan.FromMilliseconds(5));
        }

        Assert.False(raw.Session.Completion.IsCompleted);
    });

    [Fact]
    public void Streams_that_nobody_accepts_are_refused_beyond_the_backlog() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        var most = YamuxOptions.Default.AckBacklog;
        for (var i = 0u; i <= most; i++)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, (i * 2) + 1, 0);

        var (refused, _) = await raw.ReadAsync();

        Assert.Equal((YamuxFlags.Rst, (uint)(most * 2) + 1), (refused.Flags, refused.StreamId));
        Assert.Equal(most, raw.Session.StreamCount);
    });

    [Fact]
    public void Streams_beyond_the_limit_are_refused_and_closed_ones_make_room() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, new YamuxOptions { MaxInboundStreams = 3 });
        for (var id = 1u; id <= 7; id += 2)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, id, 0);
        Assert.Equal((YamuxFlags.Rst, 7u), ((await raw.ReadAsync()).Header.Flags, 7u));
        (await raw.Session.AcceptStreamAsync(default))!.Reset();
        Assert.Equal(YamuxFlags.Rst, (await raw.ReadAsync()).Header.Flags);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 9, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, raw.Session.StreamCount);
    });

    [Fact]
    public void Streams_opened_faster_than_allowed_are_refused() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, new YamuxOptions { InboundStreamsPerSecond = 10 });
        for (var id = 1u; id <= 21; id += 2)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, id, 0);
        Assert.Equal((YamuxFlags.Rst, 21u), ((await raw.ReadAsync()).Header.Flags, 21u));
        await run.Wait(TimeSpan.FromSeconds(1));

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 23, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(11, raw.Session.StreamCount);
    });

    /// <summary>A header may claim four gigabytes; it costs nothing, and more than the window is refused on the spot.</summary>
    [Fact]
    public void A_giant_length_is_refused_before_a_byte_of_it_comes() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);

        await raw.SendAsync(YamuxFrameType.Data, YamuxFlags.Syn, 1, uint.MaxValue);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
    });

    [Fact]
    public void What_a_peer_may_make_us_keep_is_charged_and_ends_with_the_budget() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(300_000);
        var raw = RawYamux.Create(run, budget: budget);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[200_000]);
        await raw.SendDataAsync(YamuxFlags.Syn, 3, new byte[200_000]);

        var (refused, _) = await raw.ReadAsync();

        Assert.Equal((YamuxFlags.Rst, 3u), (refused.Flags & YamuxFlags.Rst, refused.StreamId));
        Assert.InRange(budget.Used, 200_000, 300_000);
        var first = (await raw.Session.AcceptStreamAsync(default))!;
        await first.ReadExactlyAsync(new byte[200_000], default);
        Assert.Equal(0, budget.Used);
    });

    [Fact]
    public void Unread_bytes_of_a_reset_or_disposed_stream_are_given_back() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(1L << 20);
        var raw = RawYamux.Create(run, budget: budget);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[100_000]);
        await raw.SendDataAsync(YamuxFlags.Syn | YamuxFlags.Fin, 3, new byte[100_000]);
        await raw.SendDataAsync(YamuxFlags.Syn, 5, new byte[100_000]);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Rst, 5, 0);
        var first = (await raw.Session.AcceptStreamAsync(default))!;
        var second = (await raw.Session.AcceptStreamAsync(default))!;
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.InRange(budget.Used, 200_000, 299_999);

        first.Reset();
        await second.DisposeAsync();

        Assert.Equal(0, budget.Used);
    });

    [Fact]
    public void A_window_grows_for_a_fast_reader_up_to_its_maximum_and_is_given_back() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(1L << 30);
        await using var pair = YamuxPair.Create(run, new() { Delay = TimeSpan.FromMilliseconds(10), Capacity = 1 << 30 }, budget: budget);
        var (left, right) = await pair.OpenAsync();
        var writing = left.WriteAsync(new byte[20 << 20], default).AsTask();

        await right.ReadExactlyAsync(new byte[20 << 20], default);

        await writing;
        Assert.Equal(YamuxOptions.Default.MaxWindow, ((YamuxStream)right).Window);
        right.Reset();
        Assert.Equal(0, budget.Used);
    });

    [Fact]
    public void Windows_stop_growing_at_the_sum_for_the_connection_and_at_the_budget()
    {
        Simulated.Run(run => ExpectNoGrowthAsync(run, new YamuxOptions { MaxConnectionWindows = YamuxOptions.InitialWindow + 1 }, new MemoryBudget(1L << 30)));
        Simulated.Run(run => ExpectNoGrowthAsync(run, new YamuxOptions { StreamShare = 128 * 1024 }, new MemoryBudget(YamuxOptions.InitialWindow - 1)));
    }

    private static async Task ExpectNoGrowthAsync(Simulated run, YamuxOptions options, MemoryBudget budget)
    {
        await using var pair = YamuxPair.Create(run, new() { Delay = TimeSpan.FromMilliseconds(10), Capacity = 1 << 30 }, options, budget);
        var (left, right) = await pair.OpenAsync();
        var writing = left.WriteAsync(new byte[4 << 20], default).AsTask();
        var buffer = new byte[10_000];
        for (var left4 = 4 << 20; left4 > 0;)
            left4 -= await right.ReadAsync(buffer, default);
        await writing;
        Assert.Equal(YamuxOptions.InitialWindow, ((YamuxStream)right).Window);
    }

    private static async Task ExpectFloodAsync(Simulated run, Func<RawYamux, ValueTask> frame)
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);
        var sent = 0;
        try
        {
            for (; sent < 100 * YamuxOptions.Default.ControlFramesPerSecond && !raw.Session.Completion.IsCompleted; sent++)
            {
                await frame(raw);
                await Task.Yield();
            }
        }
        catch (Libp2pException)
        {
            // The session has hung up in the middle of our flood.
        }

        await raw.Session.Completion;
        Assert.InRange(sent, YamuxOptions.Default.ControlFramesPerSecond, 4 * YamuxOptions.Default.ControlFramesPerSecond);
        Assert.Equal(Libp2pError.LimitExceeded, (await Assert.ThrowsAsync<Libp2pException>(async () => await raw.Session.OpenStreamAsync(default))).Code);
    }
}
