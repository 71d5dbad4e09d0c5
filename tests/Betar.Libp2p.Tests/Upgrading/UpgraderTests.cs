using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;
using Betar.Libp2p.Transports.Memory;
using Betar.Libp2p.Transports.Tcp;
using Betar.Libp2p.Upgrading;

namespace Betar.Libp2p.Tests.Upgrading;

public sealed class UpgraderTests
{
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void Each_side_learns_who_the_other_is(bool dialerEarly, bool listenerEarly, bool early) => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run, new UpgradeOptions { EarlyMuxer = dialerEarly }, new UpgradeOptions { EarlyMuxer = listenerEarly });
        var (up, down) = Channels.Pair(run.Time);

        var (dialer, listener) = await pair.ConnectAsync(up, down);

        Assert.Equal(pair.ListenerKey.PeerId, dialer.RemotePeer);
        Assert.Equal(pair.DialerKey.PeerId, listener.RemotePeer);
        Assert.Equal(pair.DialerKey.PublicKey, listener.RemoteKey);
        Assert.Equal(("/noise", "/yamux/1.0.0"), (dialer.Security, dialer.Muxer));
        Assert.Equal((early, early), (dialer.EarlyMuxer, listener.EarlyMuxer));
        await ExpectEchoAsync(dialer, listener);
        await dialer.Connection.DisposeAsync();
        await listener.Connection.Completion;
    });

    [Fact]
    public void Somebody_else_than_the_dialled_peer_is_refused_and_learns_nothing() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, down) = Channels.Pair(run.Time);
        var accepting = pair.AcceptAsync(down);

        var refused = await Assert.ThrowsAsync<Libp2pException>(() => pair.DialAsync(up, pair.DialerKey.PeerId));

        Assert.Equal(Libp2pError.WrongPeer, refused.Code);
        Assert.Equal(Libp2pError.ConnectionClosed, (await Assert.ThrowsAsync<Libp2pException>(() => accepting)).Code);
    });

    [Fact]
    public void A_dialer_that_proposes_another_security_first_is_told_na_and_goes_on() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, down) = Channels.Pair(run.Time);
        var accepting = pair.AcceptAsync(down);

        Assert.Equal("/noise", await MultistreamSelect.SelectAsync(up, ["/secio/1.0.0", "/plaintext/2.0.0", "/noise"], MultistreamOptions.Default, default));

        up.Abort();
        await Assert.ThrowsAsync<Libp2pException>(() => accepting);
    });

    [Fact]
    public void Sides_without_a_common_security_part() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, down) = Channels.Pair(run.Time);
        var answering = MultistreamSelect.AnswerAsync(down, static _ => false, MultistreamOptions.Default, default).AsTask();

        Assert.Equal(Libp2pError.UnknownProtocol, (await Assert.ThrowsAsync<Libp2pException>(() => pair.DialAsync(up))).Code);
        Assert.Null(await answering);
    });

    /// <summary>A peer that stops at any point of the upgrade holds a place for the deadline and no longer.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(28)]
    [InlineData(30)]
    [InlineData(62)]
    [InlineData(64)]
    public void A_dialer_that_stops_midway_is_dropped_at_the_deadline(int bytes) => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, down) = Channels.Pair(run.Time);
        var began = run.Time.GetUtcNow();
        var accepting = pair.AcceptAsync(down);
        byte[] start = [.. MultistreamMessage.Encode(MultistreamMessage.Header, "/noise"), 0, 32, 9, .. new byte[31], 0, 200, 1];

        await up.WriteAsync(start.AsMemory(0, bytes), default);

        Assert.Equal(Libp2pError.Timeout, (await Assert.ThrowsAsync<Libp2pException>(() => accepting)).Code);
        Assert.Equal(new UpgradeOptions().InboundTimeout, run.Time.GetUtcNow() - began);
        var drained = new byte[4096];
        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            while (await up.ReadAsync(drained, default) > 0)
            {
            }
        });
    });

    [Fact]
    public void A_listener_that_says_nothing_is_given_up_at_the_deadline() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, _) = Channels.Pair(run.Time);
        var began = run.Time.GetUtcNow();

        Assert.Equal(Libp2pError.Timeout, (await Assert.ThrowsAsync<Libp2pException>(() => pair.DialAsync(up))).Code);

        Assert.Equal(new UpgradeOptions().OutboundTimeout, run.Time.GetUtcNow() - began);
    });

    [Fact]
    public void A_dialer_that_drips_its_bytes_meets_the_same_deadline() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var (up, down) = Channels.Pair(run.Time);
        var accepting = pair.AcceptAsync(down);
        var refused = Assert.ThrowsAsync<Libp2pException>(() => accepting);
        byte[] start = MultistreamMessage.Encode(MultistreamMessage.Header, "/noise");

        foreach (var one in start)
        {
            if (accepting.IsCompleted)
                break;
            await up.WriteAsync(new[] { one }, default);
            await run.Wait(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Libp2pError.Timeout, (await refused).Code);
    });

    [Fact]
    public void A_caller_that_gives_up_gets_its_own_cancellation_and_the_channel_is_broken_off() => Simulated.Run(async run =>
    {
        using var pair = new UpgradePair(run);
        var upgrader = new Upgrader(pair.DialerKey, new UpgradeOptions(), new(), run.Scheduler, run.Time);
        var (up, down) = Channels.Pair(run.Time);
        using var cancel = new CancellationTokenSource();
        var dialing = upgrader.UpgradeAsync(up, true, null, pair.Budget, cancel.Token).AsTask();

        cancel.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dialing);
        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            while (await down.ReadAsync(new byte[100], default) > 0)
            {
            }
        });
    });

    /// <summary>Connect, security, handshake, request: the clock says how often the line was crossed and back.</summary>
    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 5)]
    public void The_first_answer_comes_after_so_many_round_trips(bool early, int roundTrips) => Simulated.Run(async run =>
    {
        var oneWay = TimeSpan.FromMilliseconds(10);
        var network = new MemoryNetwork(run.Time) { Conditions = new MemoryConditions { Delay = oneWay } };
        var transport = new MemoryTransport(network);
        var options = new UpgradeOptions { EarlyMuxer = early };
        using var pair = new UpgradePair(run, options, options);
        await using var listening = await transport.ListenAsync(Multiaddr.Parse("/memory/0"), default);
        var serving = run.Start(async () =>
        {
            var accepted = await pair.AcceptAsync((await listening.AcceptAsync(default))!);
            var stream = (await accepted.Connection.AcceptStreamAsync(default))!;
            Assert.Equal("/echo/1.0.0", await MultistreamSelect.AnswerAsync(stream, static id => id == "/echo/1.0.0", MultistreamOptions.Default, default));
            var request = new byte[5];
            await stream.ReadExactlyAsync(request, default);
            await stream.WriteAsync(request, default);
        });
        var began = run.Time.GetUtcNow();

        var dialled = await pair.DialAsync(await transport.DialAsync(listening.Address, default));
        var outgoing = new LazyNegotiatedStream(await dialled.Connection.OpenStreamAsync(default), "/echo/1.0.0", MultistreamOptions.Default);
        await outgoing.WriteAsync("hello"u8.ToArray(), default);
        var answer = new byte[1];
        await outgoing.ReadExactlyAsync(answer, default);

        Assert.Equal(oneWay * 2 * roundTrips, run.Time.GetUtcNow() - began);
        await serving;
        await dialled.Connection.DisposeAsync();
    });

    [Theory]
    [InlineData("/ip4/127.0.0.1/tcp/0", "/noise", true)]
    [InlineData("/ip6/::1/tcp/0", "/noise", false)]
    [InlineData("/ip4/127.0.0.1/tcp/0", "/tls/1.0.0", true)]
    [InlineData("/ip6/::1/tcp/0", "/tls/1.0.0", false)]
    public async Task It_works_over_tcp(string address, string security, bool early)
    {
        var options = new UpgradeOptions { Securities = [security], EarlyMuxer = early };
        using var pair = new UpgradePair(TaskScheduler.Default, TimeProvider.System, options, options);
        var transport = new TcpTransport();
        await using var listening = await transport.ListenAsync(Multiaddr.Parse(address), default);
        var accepting = listening.AcceptAsync(default).AsTask();

        var (dialer, listener) = await pair.ConnectAsync(await transport.DialAsync(listening.Address, default), (await accepting)!);

        Assert.Equal((security, early), (dialer.Security, dialer.EarlyMuxer));
        Assert.Equal((security, early), (listener.Security, listener.EarlyMuxer));
        Assert.Equal(pair.ListenerKey.PeerId, dialer.RemotePeer);
        Assert.Equal(pair.DialerKey.PeerId, listener.RemotePeer);
        await ExpectEchoAsync(dialer, listener);
        await dialer.Connection.DisposeAsync();
        await listener.Connection.Completion;
    }

    private static async Task ExpectEchoAsync(UpgradedConnection dialer, UpgradedConnection listener)
    {
        var outgoing = await dialer.Connection.OpenStreamAsync(default);
        await outgoing.WriteAsync("hello"u8.ToArray(), default);
        var incoming = (await listener.Connection.AcceptStreamAsync(default))!;
        var heard = new byte[5];
        await incoming.ReadExactlyAsync(heard, default);
        await incoming.WriteAsync(heard, default);
        var answer = new byte[5];
        await outgoing.ReadExactlyAsync(answer, default);
        Assert.Equal("hello"u8.ToArray(), answer);
    }
}
