using System.Net.Quic;
using System.Runtime.Versioning;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Quic;
using Betar.Orleans.Testing;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Each limit of a connection over QUIC, hit by a stranger who does one thing too much.</summary>
[SupportedOSPlatform("linux")]
public sealed class QuicLimitTests(QuicWorld world, ITestOutputHelper output) : QuicCase(world, output)
{
    [Fact]
    public Task Streams_open_at_once() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings { MaxInboundStreams = 2 }, async (stranger, ours) =>
    {
        var first = await RawQuic.OpenAsync(stranger, 1);
        await RawQuic.OpenAsync(stranger, 2);
        var third = stranger.OpenOutboundStreamAsync(QuicStreamType.Bidirectional).AsTask();
        var accepted = (await ours.AcceptStreamAsync(default))!;
        await EchoOnceAsync(accepted, first);
        Assert.False(third.IsCompleted);

        await accepted.DisposeAsync();
        first.CompleteWrites();
        Assert.Equal(0, await first.ReadAsync(new byte[1]));

        await third.WaitAsync(Patience);
    }));

    [Fact]
    public Task Streams_that_nobody_has_accepted() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings { AckBacklog = 2 }, async (stranger, ours) =>
    {
        await RawQuic.OpenAsync(stranger, 1);
        await RawQuic.OpenAsync(stranger, 2);

        var third = await RawQuic.OpenAsync(stranger, 3);

        Assert.Equal((QuicError.StreamAborted, 0x1002), await RawQuic.BrokenAsync(() => new ValueTask(third.ReadsClosed)));
        await ours.AcceptStreamAsync(default);
        var next = await RawQuic.OpenAsync(stranger, 4);
        await ours.AcceptStreamAsync(default);
        await EchoOnceAsync((await ours.AcceptStreamAsync(default))!, next);
    }, hits: YamuxConnection.BacklogLimit));

    [Fact]
    public Task New_streams_a_second() => InEitherWorldAsync(async () =>
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await QuicPair.MeetStrangerAsync(
            new QuicSettings { InboundStreamsPerSecond = 2 },
            async (stranger, ours) =>
            {
                await RawQuic.OpenAsync(stranger, 1);
                await RawQuic.OpenAsync(stranger, 2);

                var third = await RawQuic.OpenAsync(stranger, 3);

                Assert.Equal((QuicError.StreamAborted, 0x1003), await RawQuic.BrokenAsync(() => new ValueTask(third.ReadsClosed)));
                await ours.AcceptStreamAsync(default);
                await ours.AcceptStreamAsync(default);
                time.Advance(TimeSpan.FromSeconds(1));
                var next = await RawQuic.OpenAsync(stranger, 4);
                await EchoOnceAsync((await ours.AcceptStreamAsync(default))!, next);
            },
            time,
            YamuxConnection.RateLimit);
    });

    [Fact]
    public Task Refused_streams_a_second() => InEitherWorldAsync(async () =>
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await using var pair = await QuicPair.StartAsync(new QuicSettings { AckBacklog = 1, RefusedStreamsPerSecond = 2 }, time: time);
        using var certificate = RawQuic.Certificate(pair.DialerKey);
        var accepting = pair.AcceptAsync();
        await using var stranger = await RawQuic.DialAsync(pair.Listener.Address, certificate);
        var ours = (await accepting).Upgraded.Connection;
        var broken = RawQuic.BrokenAsync(async () => await stranger.AcceptInboundStreamAsync());

        for (var i = 0; i < 6; i++)
            await Record.ExceptionAsync(async () => await RawQuic.OpenAsync(stranger, 1));

        Assert.Equal((QuicError.ConnectionAborted, 0x1001), await broken);
        await ours.Completion.WaitAsync(Patience);
        Assert.Equal((5, 1), (pair.Meter.Count(YamuxConnection.BacklogLimit), pair.Meter.Count(YamuxConnection.ControlLimit)));
    });

    [Fact]
    public Task Streams_of_one_direction() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        var oneWay = stranger.OpenOutboundStreamAsync(QuicStreamType.Unidirectional).AsTask();
        var twoWays = await RawQuic.OpenAsync(stranger, 1);

        await EchoOnceAsync((await ours.AcceptStreamAsync(default))!, twoWays);

        Assert.False(oneWay.IsCompleted);
    }));

    [Fact]
    public Task Bytes_that_nobody_reads() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings { ConnectionWindow = 64 * 1024 }, async (stranger, ours) =>
    {
        var sent = new byte[4 * 1024 * 1024];
        var stream = await RawQuic.OpenAsync(stranger);
        var writing = stream.WriteAsync(sent, completeWrites: true);
        var incoming = (await ours.AcceptStreamAsync(default))!;
        await incoming.ReadExactlyAsync(new byte[64 * 1024], default);
        Assert.False(stream.WritesClosed.IsCompleted);

        await incoming.ReadExactlyAsync(new byte[sent.Length - (64 * 1024)], default);

        await writing;
        await stream.WritesClosed.WaitAsync(Patience);
        Assert.Equal(0, await incoming.ReadAsync(new byte[1], default));
    }));

    [Fact]
    public Task Memory() => InEitherWorldAsync(async () =>
    {
        var window = new QuicSettings().ConnectionWindow;
        await using var pair = await QuicPair.StartAsync(resources: limits => limits.System.Memory = (3 * window) + 1);
        var accepting = pair.AcceptAsync();
        var first = await pair.DialAsync();
        var accepted = await accepting;
        Assert.Equal(2 * window, pair.Resources.System.Used.Memory);

        accepting = pair.AcceptAsync();
        var second = await pair.DialAsync();
        Assert.Equal(Libp2pError.LimitExceeded, (await Assert.ThrowsAsync<Libp2pException>(() => accepting)).Code);
        Assert.Equal(Libp2pError.LimitExceeded, (await Assert.ThrowsAsync<Libp2pException>(() => pair.DialAsync())).Code);
        Assert.Equal(2, pair.Meter.Count("system.memory"));

        first.Holding.Dispose();
        second.Holding.Dispose();
        accepted.Holding.Dispose();
        Assert.Equal(0, pair.Resources.System.Used.Memory);
    });

    private static async Task EchoOnceAsync(MuxedStream ours, QuicStream theirs)
    {
        var got = new byte[1];
        await ours.ReadExactlyAsync(got, default);
        await ours.WriteAsync(got, default);
        await theirs.ReadExactlyAsync(got);
    }
}
