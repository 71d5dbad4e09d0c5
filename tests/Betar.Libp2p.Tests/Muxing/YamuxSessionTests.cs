using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>The life of a session: pings, goodbyes, broken lines.</summary>
public sealed class YamuxSessionTests
{
    [Fact]
    public void A_peer_that_answers_no_ping_is_dropped() => Simulated.Run(async run =>
    {
        var began = run.Time.GetUtcNow();
        var raw = RawYamux.Create(run);

        await raw.Session.Completion;

        Assert.Equal(YamuxOptions.Default.KeepAliveInterval + YamuxOptions.Default.PingTimeout, run.Time.GetUtcNow() - began);
        Assert.Equal(Libp2pError.Timeout, (await Assert.ThrowsAsync<Libp2pException>(async () => await raw.Session.OpenStreamAsync(default))).Code);
    });

    [Fact]
    public void Two_quiet_peers_stay_connected_and_know_their_round_trip() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, new() { Delay = TimeSpan.FromMilliseconds(20) });
        Assert.Null(pair.Dialer.RoundTrip);

        await run.Wait(TimeSpan.FromHours(1));

        Assert.False(pair.Dialer.Completion.IsCompleted);
        Assert.Equal(TimeSpan.FromMilliseconds(40), pair.Dialer.RoundTrip);
    });

    [Fact]
    public void A_peer_that_reads_nothing_is_dropped() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, new YamuxOptions { KeepAliveInterval = TimeSpan.FromHours(9), StreamIdleTimeout = TimeSpan.FromHours(9) }, sessionDials: true, new() { Capacity = 1024 });
        var began = run.Time.GetUtcNow();
        var stream = await raw.Session.OpenStreamAsync(default);
        var writing = stream.WriteAsync(new byte[YamuxOptions.InitialWindow * 2], default).AsTask();

        await raw.Session.Completion;

        Assert.InRange(run.Time.GetUtcNow() - began, YamuxOptions.Default.StallTimeout, YamuxOptions.Default.StallTimeout + YamuxOptions.Default.CheckInterval);
        Assert.Equal(Libp2pError.Timeout, (await Assert.ThrowsAsync<Libp2pException>(() => writing)).Code);
    });

    [Fact]
    public void A_goodbye_ends_both_sides_in_order() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run);
        var (left, right) = await pair.OpenAsync();
        await left.WriteAsync(new byte[10], default);

        await pair.Dialer.CloseAsync(GoAwayCode.Normal);
        await pair.Listener.Completion;

        // What had arrived before the goodbye can still be read; then the stream says that it was cut.
        await right.ReadExactlyAsync(new byte[10], default);
        Assert.Equal(Libp2pError.ConnectionClosed, (await Assert.ThrowsAsync<Libp2pException>(async () => await right.ReadAsync(new byte[1], default))).Code);
        Assert.Null(await pair.Listener.AcceptStreamAsync(default));
    });

    [Fact]
    public void After_the_peer_s_goodbye_its_streams_may_finish_and_no_new_ones_begin() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);
        var stream = (await raw.Session.AcceptStreamAsync(default))!;
        Assert.True(raw.Session.TakesStreams);
        await raw.SendAsync(YamuxFrameType.GoAway, YamuxFlags.None, 0, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.False(raw.Session.TakesStreams);
        Assert.Equal(Libp2pError.Closed, (await Assert.ThrowsAsync<Libp2pException>(async () => await raw.Session.OpenStreamAsync(default))).Code);
        await raw.SendDataAsync(YamuxFlags.Fin, 1, [2]);
        await stream.ReadExactlyAsync(new byte[2], default);
        await stream.DisposeAsync();

        await raw.Session.Completion;
    });

    [Theory]
    [InlineData(1u)]
    [InlineData(2u)]
    [InlineData(99u)]
    public void A_goodbye_with_an_error_ends_the_session_at_once(uint code) => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);

        await raw.SendAsync(YamuxFrameType.GoAway, YamuxFlags.None, 0, code);

        await raw.Session.Completion;
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_line_is_gone_everybody_who_waits_hears_it(bool inOrder) => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, new YamuxOptions { AckBacklog = 1 });
        var waiting = await raw.Session.OpenStreamAsync(default);
        Task[] all =
        [
            raw.Session.AcceptStreamAsync(default).AsTask(),
            waiting.ReadAsync(new byte[1], default).AsTask(),
            waiting.WriteAsync(new byte[YamuxOptions.InitialWindow * 2], default).AsTask(),
            raw.Session.OpenStreamAsync(default).AsTask(),
        ];

        if (inOrder)
            await raw.CloseAsync();
        else
            raw.HangUp();
        await raw.Session.Completion;

        await all[0];
        foreach (var one in all[1..])
            Assert.Equal(Libp2pError.ConnectionClosed, (await Assert.ThrowsAsync<Libp2pException>(() => one)).Code);
    });

    [Fact]
    public void Closing_does_not_wait_for_ever_for_a_peer_that_reads_nothing() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, conditions: new() { Capacity = 100 }, sessionDials: true);
        var stream = await raw.Session.OpenStreamAsync(default);
        await stream.WriteAsync(new byte[1000], default);
        await stream.WriteAsync(new byte[1000], default);
        var began = run.Time.GetUtcNow();

        await raw.Session.CloseAsync(GoAwayCode.Normal);

        Assert.Equal(YamuxOptions.Default.CloseTimeout, run.Time.GetUtcNow() - began);
        await raw.Session.Completion;
    });

    [Fact]
    public void Stream_ids_run_out_and_then_there_are_no_new_streams() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, sessionDials: true, firstId: uint.MaxValue - 2);
        Assert.Equal(uint.MaxValue - 2, (await raw.Session.OpenStreamAsync(default)).Id);

        Assert.Equal(Libp2pError.Closed, (await Assert.ThrowsAsync<Libp2pException>(async () => await raw.Session.OpenStreamAsync(default))).Code);
    });

    [Fact]
    public void Streams_beyond_the_backlog_wait_for_acknowledgement() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, sessionDials: true);
        MuxedStream? last = null;
        for (var i = 0; i < YamuxOptions.Default.AckBacklog; i++)
            last = await raw.Session.OpenStreamAsync(default);
        var oneMore = raw.Session.OpenStreamAsync(default).AsTask();
        var another = raw.Session.OpenStreamAsync(default).AsTask();
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.False(oneMore.IsCompleted);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Ack, 1, 0);
        await oneMore;
        Assert.False(another.IsCompleted);
        last!.Reset();

        await another;
    });

    [Fact]
    public void Who_waits_for_a_place_may_give_up() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, new YamuxOptions { AckBacklog = 1 }, sessionDials: true);
        await raw.Session.OpenStreamAsync(default);
        using var cancel = new CancellationTokenSource();
        var waiting = raw.Session.OpenStreamAsync(cancel.Token).AsTask();

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    });

    [Fact]
    public void A_line_that_is_cut_anywhere_ends_both_sides()
    {
        for (var cut = 0; cut < 60; cut++)
        {
            var after = cut;
            Simulated.Run(cut + 1, async run =>
            {
                var pair = YamuxPair.Create(run, new() { CutAfter = after });
                var stream = await pair.Dialer.OpenStreamAsync(default);
                try
                {
                    while (true)
                        await stream.WriteAsync(new byte[7], default);
                }
                catch (Libp2pException e)
                {
                    Assert.Equal(Libp2pError.ConnectionClosed, e.Code);
                }

                await pair.Dialer.Completion;
                await pair.Listener.Completion;
            });
        }
    }

    [Fact]
    public void What_nobody_accepted_gives_its_memory_back_when_the_connection_ends() => Simulated.Run(async run =>
    {
        var budget = new MemoryBudget(1L << 30);
        var raw = RawYamux.Create(run, budget: budget);
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[10_000]);
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.NotEqual(0, budget.Used);

        raw.HangUp();
        await raw.Session.Completion;

        Assert.Null(await raw.Session.AcceptStreamAsync(default));
        Assert.Equal(0, budget.Used);
    });
}
