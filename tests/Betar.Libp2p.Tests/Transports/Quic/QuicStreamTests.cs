using System.Net.Quic;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Betar.Libp2p.Muxing;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Quic;
using Betar.Orleans.Testing;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Bytes, ends, resets, goodbyes and time-outs, against our own kind and against a peer of which every step is the test's.</summary>
[SupportedOSPlatform("linux")]
public sealed class QuicStreamTests(QuicWorld world, ITestOutputHelper output) : QuicCase(world, output)
{
    /// <summary>More than a stranger takes who reads nothing, and no more than is kept for sending, so that the write does not wait.</summary>
    private const int Kept = 120 * 1024;

    [Fact]
    public Task Bytes_go_both_ways_and_each_side_ends_its_own() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        var (dialer, listener) = await pair.ConnectAsync();
        var sent = RandomNumberGenerator.GetBytes(3_000_000);
        var outgoing = await dialer.OpenStreamAsync(default);
        var writing = outgoing.WriteAsync(sent, default).AsTask();
        var incoming = (await listener.AcceptStreamAsync(default))!;

        var read = new byte[sent.Length];
        await incoming.ReadExactlyAsync(read, default);
        await writing;
        await outgoing.CloseWriteAsync(default);
        Assert.Equal((0, 0), (await incoming.ReadAsync(new byte[1], default), await incoming.ReadAsync(new byte[1], default)));
        await incoming.WriteAsync("bye"u8.ToArray(), default);
        await incoming.CloseWriteAsync(default);
        var answer = new byte[3];
        await outgoing.ReadExactlyAsync(answer, default);
        Assert.Equal(0, await outgoing.ReadAsync(answer, default));

        Assert.Equal(sent, read);
        Assert.Equal("bye"u8.ToArray(), answer);
        Assert.Equal((0, 0), (dialer.StreamCount, listener.StreamCount));
    });

    [Fact]
    public Task After_its_end_nothing_can_be_written() => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        var stream = await (await pair.ConnectAsync()).Dialer.OpenStreamAsync(default);
        await stream.CloseWriteAsync(default);

        Assert.Equal(Libp2pError.Closed, await CodeAsync(async () => await stream.WriteAsync("x"u8.ToArray(), default)));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_reset_ends_both_directions_on_both_sides(bool dialerResets) => InEitherWorldAsync(async () =>
    {
        await using var pair = await QuicPair.StartAsync();
        var (dialer, listener) = await pair.ConnectAsync();
        var outgoing = await dialer.OpenStreamAsync(default);
        await outgoing.WriteAsync("x"u8.ToArray(), default);
        var incoming = (await listener.AcceptStreamAsync(default))!;
        await incoming.ReadExactlyAsync(new byte[1], default);
        var (mine, theirs) = dialerResets ? (outgoing, incoming) : (incoming, outgoing);

        mine.Reset();

        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(async () => await theirs.ReadAsync(new byte[1], default)));
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(async () => await mine.ReadAsync(new byte[1], default)));
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(async () => await mine.WriteAsync("x"u8.ToArray(), default)));
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(async () => await theirs.WriteAsync("x"u8.ToArray(), default)));
    });

    [Fact]
    public Task What_nobody_reads_any_more_is_not_to_be_sent() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        var theirs = await RawQuic.OpenAsync(stranger, 1);
        await (await ours.AcceptStreamAsync(default))!.DisposeAsync();

        await RawQuic.BrokenAsync(() => new ValueTask(theirs.WritesClosed));
        Assert.Equal(0, await theirs.ReadAsync(new byte[1]));
    }));

    [Fact]
    public Task A_stream_that_is_disposed_in_the_middle_of_a_write_is_reset() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        var theirs = await RawQuic.OpenAsync(stranger, 1);
        var stream = (await ours.AcceptStreamAsync(default))!;
        var writing = stream.WriteAsync(new byte[64 * 1024 * 1024], default).AsTask();

        await stream.DisposeAsync();

        Assert.Equal(Libp2pError.Closed, (await Assert.ThrowsAsync<Libp2pException>(() => writing)).Code);
        Assert.Equal(QuicError.StreamAborted, (await RawQuic.BrokenAsync(() => DrainAsync(theirs))).Error);
    }));

    [Theory]
    [InlineData((uint)GoAwayCode.Normal, 0)]
    [InlineData((uint)GoAwayCode.ProtocolError, 0x1003)]
    public Task A_goodbye_says_why(uint goodbye, long code) => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        await ours.CloseAsync((GoAwayCode)goodbye);

        Assert.Equal((QuicError.ConnectionAborted, code), await RawQuic.BrokenAsync(async () => await stranger.AcceptInboundStreamAsync()));
        Assert.True(ours.Completion.IsCompletedSuccessfully);
        Assert.Equal(Libp2pError.Closed, await CodeAsync(async () => await ours.OpenStreamAsync(default)));
    }));

    [Theory]
    [InlineData(Libp2pError.LimitExceeded, 0x1001)]
    [InlineData(Libp2pError.Gated, 0x1007)]
    [InlineData(Libp2pError.Closed, 0x1006)]
    public Task Breaking_off_says_why(Libp2pError reason, long code) => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        ours.Abort(reason);

        Assert.Equal((QuicError.ConnectionAborted, code), await RawQuic.BrokenAsync(async () => await stranger.AcceptInboundStreamAsync()));
        Assert.Equal(reason, await CodeAsync(async () => await ours.OpenStreamAsync(default)));
    }));

    [Fact]
    public Task The_peers_goodbye_ends_everything() => InEitherWorldAsync(() => QuicPair.MeetStrangerAsync(new QuicSettings(), async (stranger, ours) =>
    {
        await RawQuic.OpenAsync(stranger, 1);
        var stream = (await ours.AcceptStreamAsync(default))!;
        await stream.ReadExactlyAsync(new byte[1], default);
        await stranger.CloseAsync(7);

        await ours.Completion.WaitAsync(Patience);

        var ended = await Assert.ThrowsAsync<Libp2pException>(async () => await stream.ReadAsync(new byte[1], default));
        Assert.Equal((Libp2pError.ConnectionClosed, "The peer closed the connection with code 7."), (ended.Code, ended.Message));
        Assert.Equal(Libp2pError.ConnectionClosed, await CodeAsync(async () => await stream.WriteAsync("x"u8.ToArray(), default)));
        Assert.Equal(Libp2pError.ConnectionClosed, await CodeAsync(async () => await ours.OpenStreamAsync(default)));
        Assert.Null(await ours.AcceptStreamAsync(default));
        Assert.False(ours.TakesStreams);
    }));

    [Fact]
    public Task A_goodbye_waits_for_what_was_sent_but_not_for_ever() => InEitherWorldAsync(async () =>
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await QuicPair.MeetStrangerAsync(
            new QuicSettings(),
            async (stranger, ours) =>
            {
                var theirs = await RawQuic.OpenAsync(stranger, 1);
                var stream = (await ours.AcceptStreamAsync(default))!;
                await stream.WriteAsync(new byte[Kept], default);
                await stream.CloseWriteAsync(default);

                var closing = ours.CloseAsync(GoAwayCode.Normal).AsTask();
                var late = await RawQuic.OpenAsync(stranger, 1);
                Assert.Equal((QuicError.StreamAborted, 0), await RawQuic.BrokenAsync(() => new ValueTask(late.ReadsClosed)));
                Assert.False(closing.IsCompleted || ours.TakesStreams);
                time.Advance(TimeSpan.FromSeconds(5));
                await closing.WaitAsync(Patience);
                Assert.Equal((QuicError.ConnectionAborted, 0), await RawQuic.BrokenAsync(() => new ValueTask(theirs.ReadsClosed)));
            },
            time);
    });

    [Fact]
    public Task A_stream_on_which_nothing_moves_is_reset_unless_it_is_quiet_by_nature() => InEitherWorldAsync(async () =>
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await QuicPair.MeetStrangerAsync(
            new QuicSettings(),
            async (stranger, ours) =>
            {
                var theirs = await RawQuic.OpenAsync(stranger, 1);
                var stream = (await ours.AcceptStreamAsync(default))!;
                var quiet = await RawQuic.OpenAsync(stranger, 1);
                (await ours.AcceptStreamAsync(default))!.IdleTimeout = Timeout.InfiniteTimeSpan;

                time.Advance(TimeSpan.FromMinutes(2) + TimeSpan.FromSeconds(5));

                Assert.Equal((QuicError.StreamAborted, 0x1006), await RawQuic.BrokenAsync(() => DrainAsync(theirs)));
                Assert.Equal(Libp2pError.Timeout, await CodeAsync(async () => await stream.ReadAsync(new byte[1], default)));
                await quiet.WriteAsync(new byte[1]);
                Assert.Equal(1, ours.StreamCount);
            },
            time,
            YamuxConnection.IdleLimit);
    });

    [Fact]
    public Task What_a_peer_does_not_take_of_a_closed_stream_is_given_up() => InEitherWorldAsync(async () =>
    {
        var time = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        await QuicPair.MeetStrangerAsync(
            new QuicSettings(),
            async (stranger, ours) =>
            {
                var theirs = await RawQuic.OpenAsync(stranger, 1);
                var stream = (await ours.AcceptStreamAsync(default))!;
                await stream.WriteAsync(new byte[Kept], default);
                await stream.DisposeAsync();

                time.Advance(TimeSpan.FromSeconds(35));

                Assert.Equal((QuicError.StreamAborted, 0x1006), await RawQuic.BrokenAsync(() => new ValueTask(theirs.ReadsClosed)));
            },
            time);
    });

    [Fact]
    [Hits(QuicMuxedConnection.ConnectionIdleLimit)]
    public Task A_connection_on_which_nothing_comes_has_ended() => InEitherWorldAsync(async () =>
    {
        var brief = new QuicSettings { IdleTimeout = TimeSpan.FromMilliseconds(300), KeepAliveInterval = TimeSpan.FromHours(1) };
        await using var pair = await QuicPair.StartAsync(brief, brief);
        var (dialer, listener) = await pair.ConnectAsync();
        var reading = (await dialer.OpenStreamAsync(default)).ReadAsync(new byte[1], default);

        await Task.WhenAll(dialer.Completion, listener.Completion).WaitAsync(Patience);

        Assert.Equal(Libp2pError.Timeout, await CodeAsync(async () => await reading));
        Assert.Equal(2, pair.Meter.Count(QuicMuxedConnection.ConnectionIdleLimit));
    });

    private static async ValueTask DrainAsync(QuicStream stream)
    {
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer) > 0)
        {
            continue;
        }
    }

    private static async Task<Libp2pError> CodeAsync(Func<Task> attempt) =>
        (await Assert.ThrowsAsync<Libp2pException>(() => attempt().WaitAsync(Patience))).Code;
}
