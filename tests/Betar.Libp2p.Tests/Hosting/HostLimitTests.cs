using Betar.Libp2p.Hosting;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Negotiation;
using Betar.Libp2p.Protocols;
using Betar.Libp2p.Protocols.Identify;
using Betar.Libp2p.Security.Noise;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports;

namespace Betar.Libp2p.Tests.Hosting;

/// <summary>Limits of connections and streams, hit by a peer that does too much, with a whole host in front of it.</summary>
public sealed class HostLimitTests
{
    [Fact]
    public void Half_open_connections() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => options.Resources.Transient.InboundConnections = 2));
        var knocking = new List<IByteChannel>();
        for (var i = 0; i < 3; i++)
            knocking.Add(await Stranger.KnockAsync(pair));
        await run.Wait(TimeSpan.FromSeconds(1));

        await AssertBrokenAsync(knocking[2]);
        Assert.Equal(1, Hits(pair, "transient.inbound_connections"));
    });

    [Fact]
    [Hits(InboundAcceptor.UpgradeTimeLimit)]
    public void A_peer_that_says_nothing_is_dropped_after_the_deadline() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var channel = await Stranger.KnockAsync(pair);
        var before = run.Time.GetUtcNow();

        await AssertBrokenAsync(channel);

        Assert.Equal(TimeSpan.FromSeconds(10), run.Time.GetUtcNow() - before);
        Assert.Equal(1, Hits(pair, InboundAcceptor.UpgradeTimeLimit));
        Assert.True(pair.Listener.Resources.System.Used.IsZero);
    });

    [Fact]
    [Hits(OutboundOpener.UpgradeTimeLimit)]
    public void A_listener_that_says_nothing_is_given_up_after_the_deadline() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var silent = await new Betar.Libp2p.Transports.Memory.MemoryTransport(pair.Network).ListenAsync(Multiaddr.Parse("/memory/0"), default);
        var before = run.Time.GetUtcNow();

        var error = await Assert.ThrowsAsync<Libp2pException>(() => pair.Dialer.ConnectAsync(silent.Address.WithPeer(Somebody.Id(9))));

        Assert.Equal(Libp2pError.Timeout, error.Code);
        Assert.Equal(TimeSpan.FromSeconds(15), run.Time.GetUtcNow() - before);
        Assert.Equal(1, pair.Dialer.LimitHits[OutboundOpener.UpgradeTimeLimit]);
    });

    [Fact]
    [Hits(OutboundOpener.ConnectTimeLimit)]
    public void An_address_that_never_answers_is_given_up() => Simulated.Run(async run =>
    {
        await using var dialer = Libp2pHost.CreateBuilder().WithTransport(new SilentTransport()).WithTime(run.Time).WithScheduler(run.Scheduler).Build();
        await dialer.StartAsync();
        var before = run.Time.GetUtcNow();

        var error = await Assert.ThrowsAsync<Libp2pException>(() => dialer.ConnectAsync(Multiaddr.Parse("/memory/7").WithPeer(Somebody.Id(9))));

        Assert.Equal(Libp2pError.Timeout, error.Code);
        Assert.Equal(TimeSpan.FromSeconds(5), run.Time.GetUtcNow() - before);
        Assert.Equal(1, dialer.LimitHits[OutboundOpener.ConnectTimeLimit]);
    });

    [Fact]
    public void Connections_in_total() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => options.Resources.System.InboundConnections = 2));
        await using var one = await Stranger.ConnectAsync(run, pair, 10);
        await using var two = await Stranger.ConnectAsync(run, pair, 11);

        await Assert.ThrowsAsync<Libp2pException>(() => Stranger.ConnectAsync(run, pair, 12));
        Assert.Equal(1, Hits(pair, "system.inbound_connections"));
    });

    [Fact]
    public void Connections_of_a_peer() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var one = await Stranger.ConnectAsync(run, pair);
        await using var two = await Stranger.ConnectAsync(run, pair);
        await using var three = await Stranger.ConnectAsync(run, pair);

        await three.Connection.Connection.Completion;
        Assert.Equal(1, Hits(pair, "peer.inbound_connections"));
        Assert.Equal(2, pair.Listener.Connections.Count);
    });

    [Fact]
    [Hits(MultistreamSelect.ProposalsLimit)]
    public void A_choice_of_a_protocol_with_too_many_proposals() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var channel = await Stranger.KnockAsync(pair);
        await channel.WriteAsync(MultistreamMessage.Encode([MultistreamMessage.Header, .. Enumerable.Range(0, 17).Select(i => "/x/" + i)]), default);

        await AssertBrokenAsync(channel);
        Assert.Equal(1, Hits(pair, MultistreamSelect.ProposalsLimit));
    });

    [Fact]
    [Hits(MultistreamMessage.LengthLimit)]
    public void A_choice_of_a_protocol_with_a_long_message() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var channel = await Stranger.KnockAsync(pair);
        await channel.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, new string('x', 1024)), default);

        await AssertBrokenAsync(channel);
        Assert.Equal(1, Hits(pair, MultistreamMessage.LengthLimit));
    });

    [Fact]
    [Hits(NoiseSecurity.MessageLimit)]
    public void A_long_handshake_message() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var channel = await Stranger.KnockAsync(pair);
        await channel.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header, "/noise"), default);
        await channel.WriteAsync(new byte[] { 0x10, 0x01 }, default);

        await AssertBrokenAsync(channel);
        Assert.Equal(1, Hits(pair, NoiseSecurity.MessageLimit));
    });

    [Fact]
    [Hits(StreamServer.NegotiationTimeLimit)]
    public void A_stream_that_does_not_say_what_it_is_for() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        var stream = await stranger.Connection.Connection.OpenStreamAsync(default);
        await stream.WriteAsync(MultistreamMessage.Encode(MultistreamMessage.Header), default);
        var before = run.Time.GetUtcNow();

        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            while (await stream.ReadAsync(new byte[100], default) > 0)
            {
            }
        });
        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        Assert.Equal(1, Hits(pair, StreamServer.NegotiationTimeLimit));
    });

    [Theory]
    [InlineData("/ipfs/ping/1.0.0", 2)]
    [InlineData("/app", 16)]
    [InlineData("/own", 3)]
    public void Streams_of_a_protocol_and_a_peer(string protocol, int most) => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener
            .Handle("/app", (stream, token) => stream.ReadAsync(new byte[1], token).AsTask())
            .Handle("/own", (stream, token) => stream.ReadAsync(new byte[1], token).AsTask(), new ProtocolOptions { InboundPerPeer = 3 }));
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        for (var i = 0; i < most; i++)
            await stranger.OpenAsync(protocol);

        // The reset may overtake the answer that the protocol is served.
        await Assert.ThrowsAsync<Libp2pException>(async () => await (await stranger.OpenAsync(protocol)).ReadAsync(new byte[1], default));
        Assert.Equal(1, Hits(pair, "protocol_peer.inbound_streams"));
    });

    [Fact]
    public void Identify_streams_of_a_peer() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stranger = await Stranger.ConnectAsync(run, pair);
        for (var i = 0; i < 2; i++)
            await stranger.OpenAsync(IdentifyService.PushId);
        await Assert.ThrowsAsync<Libp2pException>(async () => await (await stranger.OpenAsync(IdentifyService.PushId)).ReadAsync(new byte[1], default));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(1, Hits(pair, "protocol_peer.inbound_streams"));
    });

    [Fact]
    public void Our_own_streams_to_a_peer() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(
            run, listener => listener.WithEcho(), dialer => dialer.Configure(options => (options.Resources.Peer.OutboundStreams, options.IdentifyPeers) = (1, false)));
        await using var only = await pair.OpenAsync("/echo/1.0.0");

        var error = await Assert.ThrowsAsync<Libp2pException>(() => pair.OpenAsync("/echo/1.0.0"));

        Assert.Equal(Libp2pError.LimitExceeded, error.Code);
        Assert.Equal(1, pair.Dialer.LimitHits["peer.outbound_streams"]);
        await only.DisposeAsync();
        await using var next = await pair.OpenAsync("/echo/1.0.0");
    });

    private static async Task AssertBrokenAsync(IByteChannel channel) => await Assert.ThrowsAnyAsync<IOException>(async () =>
    {
        var buffer = new byte[100];
        while (await channel.ReadAsync(buffer, default) > 0)
        {
        }

        throw new EndOfStreamException();
    });

    private static long Hits(HostPair pair, string limit) => pair.Listener.LimitHits.GetValueOrDefault(limit);
}
