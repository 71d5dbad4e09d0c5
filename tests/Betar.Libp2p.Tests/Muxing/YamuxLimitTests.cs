using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Muxing;

/// <summary>Each limit of a session is counted by its name when it is hit, and not a step before.</summary>
public sealed class YamuxLimitTests
{
    private readonly LimitMeter _meter = new();

    [Fact, Hits(YamuxConnection.ControlLimit)]
    public void Frames_that_carry_nothing() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions { ControlFramesPerSecond = 10 }));
        for (var i = 0u; i < 20; i++)
            await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, i);
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Empty(_meter.Hits);

        await raw.SendAsync(YamuxFrameType.Ping, YamuxFlags.Syn, 0, 99);

        await raw.ExpectGoAwayAsync(GoAwayCode.ProtocolError);
        Assert.Equal(1, _meter.Count(YamuxConnection.ControlLimit));
    });

    [Fact, Hits(YamuxConnection.InboundLimit)]
    public void Streams_of_one_connection() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions { MaxInboundStreams = 2 }));
        await OpenAsync(run, raw, 2);
        Assert.Empty(_meter.Hits);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 5, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _meter.Count(YamuxConnection.InboundLimit));
    });

    [Fact, Hits(YamuxConnection.BacklogLimit)]
    public void Streams_that_nobody_has_accepted() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions { AckBacklog = 2 }));
        await OpenAsync(run, raw, 2);
        await raw.Session.AcceptStreamAsync(default);
        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 5, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Empty(_meter.Hits);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 7, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _meter.Count(YamuxConnection.BacklogLimit));
    });

    [Fact, Hits(YamuxConnection.RateLimit)]
    public void New_streams_a_second() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions { InboundStreamsPerSecond = 3 }));
        await OpenAsync(run, raw, 3);
        Assert.Empty(_meter.Hits);

        await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, 7, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _meter.Count(YamuxConnection.RateLimit));
    });

    [Fact, Hits(YamuxConnection.StallLimit)]
    public void A_peer_that_takes_nothing() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions { KeepAliveInterval = TimeSpan.FromHours(1) }), conditions: new() { Capacity = 1_000 });
        await raw.SendDataAsync(YamuxFlags.Syn, 1, [1]);
        var stream = (await raw.Session.AcceptStreamAsync(default))!;
        var writing = run.Start(async () => await stream.WriteAsync(new byte[10_000], default));
        await run.Wait(TimeSpan.FromSeconds(29));
        Assert.Empty(_meter.Hits);

        await raw.Session.Completion;

        Assert.Equal(1, _meter.Count(YamuxConnection.StallLimit));
        await writing;
    });

    [Fact, Hits(YamuxConnection.IdleLimit)]
    public void A_stream_on_which_nothing_moves() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, options: Options(new YamuxOptions()));
        await pair.OpenAsync();
        await run.Wait(TimeSpan.FromMinutes(2) - TimeSpan.FromSeconds(6));
        Assert.Empty(_meter.Hits);

        await run.Wait(TimeSpan.FromSeconds(12));

        // Whichever side looked first has told the other.
        Assert.InRange(_meter.Count(YamuxConnection.IdleLimit), 1, 2);
        Assert.Equal((0, 0), (pair.Dialer.StreamCount, pair.Listener.StreamCount));
    });

    [Fact, Hits(YamuxStream.MemoryLimit)]
    public void Memory_for_what_is_not_read() => Simulated.Run(async run =>
    {
        var raw = RawYamux.Create(run, Options(new YamuxOptions()), budget: new MemoryBudget(150_000));
        await raw.SendDataAsync(YamuxFlags.Syn, 1, new byte[100_000]);
        await run.Wait(TimeSpan.FromMilliseconds(1));
        Assert.Empty(_meter.Hits);

        await raw.SendDataAsync(YamuxFlags.Syn, 3, new byte[100_000]);
        await run.Wait(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, _meter.Count(YamuxStream.MemoryLimit));
    });

    [Fact, Hits(OutboundQueue.QueueLimit)]
    public void Bytes_that_wait_to_be_sent() => Simulated.Run(async run =>
    {
        await using var pair = YamuxPair.Create(run, new() { Capacity = 1_000 }, Options(new YamuxOptions { MaxQueuedBytes = 20_000 }));
        var (one, other) = await pair.OpenAsync();
        var reading = run.Start(async () => await other.ReadExactlyAsync(new byte[60_000], default));

        await one.WriteAsync(new byte[10_000], default);
        Assert.Empty(_meter.Hits);
        await one.WriteAsync(new byte[50_000], default);

        await reading;
        Assert.True(_meter.Count(OutboundQueue.QueueLimit) > 0);
    });

    [Fact]
    public void A_host_counts_what_its_sessions_hit() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => options.Streams.NewPerSecond = 5));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        for (var i = 0; i < 8; i++)
            await (await stranger.Connection.Connection.OpenStreamAsync(default)).WriteAsync(new byte[] { 1 }, default);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Equal(3, pair.Listener.LimitHits[YamuxConnection.RateLimit]);
    });

    private static async Task OpenAsync(Simulated run, RawYamux raw, uint count)
    {
        for (var id = 1u; id < 2 * count; id += 2)
            await raw.SendAsync(YamuxFrameType.WindowUpdate, YamuxFlags.Syn, id, 0);
        await run.Wait(TimeSpan.FromMilliseconds(1));
    }

    private YamuxOptions Options(YamuxOptions options) => options with { LimitHit = _meter.Hit };
}
