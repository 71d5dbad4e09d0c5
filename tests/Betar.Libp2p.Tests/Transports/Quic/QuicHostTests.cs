using System.Net;
using System.Net.Sockets;
using System.Text;
using Betar.Libp2p.Connections;
using Betar.Libp2p.Events;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Protocols.Echo;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Quic;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.Transports.Quic;

/// <summary>Whole hosts over QUIC.</summary>
public sealed class QuicHostTests(QuicWorld world, ITestOutputHelper output) : QuicCase(world, output)
{
    [Theory]
    [InlineData(QuicWorld.Listen)]
    [InlineData("/ip6/::1/udp/0/quic-v1")]
    public Task They_meet_know_each_other_and_talk(string address) => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen(address).WithEcho().HandleRequests("/loud/1", (_, request, _) => new(request.ToArray().Append((byte)'!').ToArray())));
        await using var dialer = await StartAsync();

        var connection = await dialer.ConnectAsync(listener.Addresses[0]);

        Assert.Equal(("/quic-v1", "/quic-v1", false), (connection.Security, connection.Muxer, connection.Inbound));
        Assert.EndsWith($"/quic-v1/p2p/{listener.PeerId}", listener.Addresses[0].ToString(), StringComparison.Ordinal);
        var known = await dialer.IdentifyAsync(listener.PeerId);
        Assert.Equal((true, listener.Addresses[0].WithoutPeer()), (known.HasSignedRecord, Assert.Single(known.Info.SignedAddresses)));
        Assert.Equal(connection.Local, known.ObservedAddress);
        var answer = await dialer.RequestAsync(listener.PeerId, "/loud/1", "hi"u8.ToArray());
        Assert.Equal("hi!", Encoding.ASCII.GetString(answer));
        await using var ping = await dialer.OpenPingAsync(listener.PeerId);
        Assert.True(await ping.PingAsync() > TimeSpan.Zero);
    });

    [Fact]
    public Task Many_streams_at_once_carry_what_was_sent() => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen(QuicWorld.Listen).WithEcho().Configure(options => options.Streams.InboundPerProtocolAndPeer = 64));
        await using var dialer = await StartAsync();
        var random = new Random(TestSeed.Value);
        var payloads = Enumerable.Range(0, 32).Select(_ =>
        {
            var bytes = new byte[100_000];
            random.NextBytes(bytes);
            return bytes;
        }).ToList();

        await Task.WhenAll(payloads.Select(async sent =>
        {
            await using var stream = await dialer.OpenStreamAsync(listener.Addresses[0], EchoProtocol.Id);
            var reading = ReadAllAsync(stream);
            await stream.WriteAsync(sent);
            await stream.CloseWriteAsync();
            var echoed = await reading;
            Assert.True(sent.SequenceEqual(echoed), $"An echo differs; seed {TestSeed.Value}.");
        }));
    });

    [Fact]
    public Task QUIC_is_tried_before_TCP() => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen("/ip4/127.0.0.1/tcp/0").Listen(QuicWorld.Listen));
        await using var dialer = await StartAsync(builder => builder.Configure(options => options.Dialing.PrivateDelay = Patience));

        Assert.Equal("/quic-v1", (await dialer.ConnectAsync(listener.PeerId, listener.Addresses)).Security);
    });

    [Fact]
    public Task A_port_that_is_silent_does_not_hold_up_TCP() => InEitherWorldAsync(async () =>
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var listener = await StartAsync(builder => builder.Listen("/ip4/127.0.0.1/tcp/0"));
        await using var dialer = await StartAsync();

        var connection = await dialer.ConnectAsync(listener.PeerId, [QuicAddress.Of((IPEndPoint)silent.Client.LocalEndPoint!), listener.Addresses[0]]);

        Assert.Equal("/noise", connection.Security);
    });

    [Fact]
    public Task A_port_that_is_silent_is_given_up() => InEitherWorldAsync(async () =>
    {
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        await using var dialer = await StartAsync(builder => builder.Configure(options => options.Dialing.ConnectTimeout = TimeSpan.FromMilliseconds(50)));

        var error = await Assert.ThrowsAsync<Libp2pException>(
            () => dialer.ConnectAsync(QuicAddress.Of((IPEndPoint)silent.Client.LocalEndPoint!).WithPeer(Somebody.Id(3))));

        Assert.Equal(Libp2pError.Timeout, error.Code);
    });

    [Fact]
    public Task The_wrong_peer_is_refused_and_nothing_is_left() => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen(QuicWorld.Listen));
        await using var dialer = await StartAsync();

        var error = await Assert.ThrowsAsync<Libp2pException>(() => dialer.ConnectAsync(listener.Addresses[0].WithPeer(Somebody.Id(9))));

        Assert.Equal(Libp2pError.WrongPeer, error.Code);
        Assert.Empty(dialer.Connections);
        Assert.Equal(0, dialer.Resources.DynamicScopes);
        Assert.True(dialer.Resources.System.Used.IsZero);
    });

    [Fact]
    public Task Whom_the_gate_does_not_accept_gets_no_handshake() => InEitherWorldAsync(async () =>
    {
        var gate = new DenyListGate();
        gate.Deny(IPNetwork.Parse("127.0.0.0/8"));
        await using var listener = await StartAsync(builder => builder.Listen(QuicWorld.Listen).WithGate(gate));
        await using var dialer = await StartAsync();

        await Assert.ThrowsAsync<Libp2pException>(() => dialer.ConnectAsync(listener.Addresses[0]));

        Assert.Empty(listener.Connections);
        Assert.Equal(0, listener.Resources.DynamicScopes);
    });

    [Fact]
    public Task Connections_of_one_peer_are_limited() => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen(QuicWorld.Listen).Configure(options => options.Resources.Peer.InboundConnections = 1));
        using var key = Somebody.Key(2);
        await using var one = await StartAsync(builder => builder.WithIdentity(key));
        await using var two = await StartAsync(builder => builder.WithIdentity(key));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        two.PeerChanged += (_, args) =>
        {
            if (args.Kind == HostEventKind.Disconnected)
                ended.TrySetResult();
        };
        await one.ConnectAsync(listener.Addresses[0]);
        await one.IdentifyAsync(listener.PeerId);

        await two.ConnectAsync(listener.Addresses[0]);

        await ended.Task.WaitAsync(Patience);
        Assert.Single(listener.Connections);
        Assert.Equal(1, listener.LimitHits["peer.inbound_connections"]);
    });

    [Fact]
    public Task Fifty_come_and_go_and_nothing_is_left() => InEitherWorldAsync(async () =>
    {
        await using var listener = await StartAsync(builder => builder.Listen(QuicWorld.Listen));
        var gone = new SemaphoreSlim(0);
        listener.PeerChanged += (_, args) =>
        {
            if (args.Kind == HostEventKind.Disconnected)
                gone.Release();
        };

        for (var i = 0; i < 50; i++)
        {
            await using var dialer = await StartAsync();
            await dialer.ConnectAsync(listener.Addresses[0]);
            await dialer.IdentifyAsync(listener.PeerId);
        }

        for (var i = 0; i < 50; i++)
            Assert.True(await gone.WaitAsync(Patience));
        Assert.Empty(listener.Connections);
        Assert.True(listener.Resources.System.Used.IsZero);
    });

    private static async Task<Libp2pHost> StartAsync(Func<Libp2pHostBuilder, Libp2pHostBuilder>? build = null)
    {
        var builder = Libp2pHost.CreateBuilder().Configure(options =>
        {
            options.Connections.LoopbackNewPerSecond = options.Connections.LoopbackNewBurst = 1000;
        });
        var host = (build?.Invoke(builder) ?? builder).Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }
}
