using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostStreamTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Fact]
    public void An_unknown_protocol_is_refused_and_the_connection_stays() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());

        Assert.Equal(Libp2pError.UnknownProtocol, await CodeAsync(pair.OpenAsync("/nonsense/1.0.0")));
        await using var stream = await pair.OpenAsync("/echo/1.0.0");
        Assert.Single(pair.Dialer.Connections);
    });

    [Fact]
    public void The_first_protocol_that_the_peer_serves_is_taken() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        await pair.Dialer.ConnectAsync(pair.Address);

        await using var stream = await pair.Dialer.OpenStreamAsync(pair.Listener.PeerId, ["/x/2", "/x/1", "/echo/1.0.0", "/ipfs/ping/1.0.0"]);

        Assert.Equal("/echo/1.0.0", stream.Protocol);
    });

    [Fact]
    public void A_family_of_protocols_has_one_handler_and_exact_names_come_first() => Simulated.Run(async run =>
    {
        var served = new List<string>();
        await using var pair = await HostPair.StartAsync(run);
        pair.Listener.Handle("family", protocol => protocol.StartsWith("/f/", StringComparison.Ordinal), (stream, _) => Serve("family " + stream.Protocol));
        pair.Listener.Handle("/f/2", (_, _) => Serve("exact"));

        foreach (var protocol in new[] { "/f/1", "/f/2", "/f/3" })
        {
            await using var stream = await pair.OpenAsync(protocol);
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        }

        Assert.Equal(["family /f/1", "exact", "family /f/3"], served);
        Task Serve(string what)
        {
            served.Add(what);
            return Task.CompletedTask;
        }
    });

    [Fact]
    public void A_handler_can_be_taken_back_and_there_is_one_for_a_name() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        var registration = pair.Listener.Handle("/a", (_, _) => Task.CompletedTask);
        Assert.Throws<InvalidOperationException>(() => pair.Listener.Handle("/a", (_, _) => Task.CompletedTask));
        await (await pair.OpenAsync("/a")).DisposeAsync();

        registration.Dispose();
        registration.Dispose();

        Assert.Equal(Libp2pError.UnknownProtocol, await CodeAsync(OpenAndReadAsync(pair, "/a")));
        pair.Listener.Handle("/a", (_, _) => Task.CompletedTask);
    });

    [Fact]
    public void After_the_peers_half_close_there_is_still_an_answer() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/late", async (stream, token) =>
        {
            while (await stream.ReadAsync(new byte[10], token) > 0)
            {
            }

            await stream.WriteAsync(Hello, token);
        }));
        await using var stream = await pair.OpenAsync("/late");

        await stream.WriteAsync(Hello);
        await stream.CloseWriteAsync();

        var buffer = new byte[10];
        Assert.Equal(5, await stream.ReadFullyAsync(buffer));
    });

    [Fact]
    public void A_handler_that_throws_resets_its_stream_only() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho()
            .Handle("/bug", (_, _) => throw new InvalidOperationException("a bug")));

        // The reset may overtake the answer that the protocol is served.
        Assert.Equal(Libp2pError.StreamReset, await CodeAsync(OpenAndReadAsync(pair, "/bug")));
        await using var other = await pair.OpenAsync("/echo/1.0.0");
        await other.WriteAsync(Hello);
        Assert.Equal(5, await other.ReadAsync(new byte[10]));
    });

    [Fact]
    public void A_reset_reaches_the_handler() => Simulated.Run(async run =>
    {
        var seen = new TaskCompletionSource<Libp2pError>();
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/a", async (stream, token) =>
        {
            _ = await stream.ReadAsync(new byte[1], token);
            seen.SetResult(await CodeAsync(stream.ReadAsync(new byte[1], token).AsTask()));
        }));
        await using var stream = await pair.OpenAsync("/a");
        await stream.WriteAsync(new byte[1]);
        await run.Wait(TimeSpan.FromSeconds(1));

        stream.Reset();

        Assert.Equal(Libp2pError.StreamReset, await seen.Task);
    });

    [Fact]
    public void Somebody_else_behind_the_address_is_refused() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        var wrong = pair.Address.WithPeer(Somebody.Id(3));

        Assert.Equal(Libp2pError.WrongPeer, await CodeAsync(pair.Dialer.OpenStreamAsync(wrong, "/echo/1.0.0")));
        Assert.Empty(pair.Dialer.Connections);
    });

    [Fact]
    public void What_cannot_be_dialled() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);

        Assert.Equal(Libp2pError.NotDialable, await CodeAsync(pair.Dialer.ConnectAsync(pair.Address.WithoutPeer())));
        Assert.Equal(Libp2pError.NotDialable, await CodeAsync(pair.Dialer.ConnectAsync(Somebody.Id(9), [])));
        Assert.Equal(Libp2pError.NotDialable, await CodeAsync(pair.Listener.ConnectAsync(pair.Address)));
        Assert.Equal(Libp2pError.NotDialable, await CodeAsync(pair.Dialer.ConnectAsync(Multiaddr.Parse("/ip4/127.0.0.1/udp/1/quic-v1").WithPeer(Somebody.Id(9)))));
        Assert.Equal(Libp2pError.Refused, await CodeAsync(pair.Dialer.ConnectAsync(Multiaddr.Parse("/memory/999").WithPeer(Somebody.Id(9)))));
    });

    [Fact]
    public void A_host_that_does_not_run_dials_nobody() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var idle = HostPair.Builder(pair.Network, 5).Build();

        Assert.Equal(Libp2pError.Closed, await CodeAsync(idle.ConnectAsync(pair.Address)));
    });

    [Fact]
    public void A_protocol_that_the_peer_is_known_to_serve_is_not_waited_for() => Simulated.Run(async run =>
    {
        var began = new TaskCompletionSource<string>();
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/slow/1", async (stream, token) =>
        {
            var buffer = new byte[5];
            await stream.ReadFullyAsync(buffer, token);
            began.SetResult(System.Text.Encoding.ASCII.GetString(buffer));
        }));
        await pair.Dialer.ConnectAsync(pair.Address);
        await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);
        pair.Network.Conditions = pair.Network.Conditions with { Delay = TimeSpan.FromSeconds(1) };

        await using var stream = await pair.OpenAsync("/slow/1");
        await stream.WriteAsync(Hello);

        Assert.Equal("hello", await began.Task);
    });

    /// <summary>Connect, choose the security, shake hands, and the request travels with the last handshake message.</summary>
    [Fact]
    public void The_first_answer_comes_after_four_round_trips() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(
            run, listener => listener.WithEcho().Configure(options => options.IdentifyPeers = false), dialer => dialer.Configure(options => options.IdentifyPeers = false));
        var oneWay = TimeSpan.FromMilliseconds(50);
        pair.Network.Conditions = pair.Network.Conditions with { Delay = oneWay };
        var before = run.Time.GetUtcNow();

        await using var stream = await pair.Dialer.OpenStreamHopefullyAsync(pair.Address, "/echo/1.0.0");
        await stream.WriteAsync(Hello);
        Assert.Equal(5, await stream.ReadAsync(new byte[5]));

        Assert.Equal(4 * 2 * oneWay, run.Time.GetUtcNow() - before);
    });

    [Fact]
    public void Hoping_for_a_protocol_in_vain_is_seen_when_the_answer_is_read() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await using var stream = await pair.Dialer.OpenStreamHopefullyAsync(pair.Address, "/nonsense");
        await stream.WriteAsync(Hello);

        Assert.Equal(Libp2pError.UnknownProtocol, await CodeAsync(stream.ReadAsync(new byte[1]).AsTask()));
    });

    [Fact]
    public void A_peer_that_has_changed_its_mind_refuses_when_the_answer_is_read() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, dialer: dialer => dialer.Configure(options => options.Identify.PushDelay = TimeSpan.FromHours(1)),
            listener: listener => listener.Configure(options => options.Identify.PushDelay = TimeSpan.FromHours(1)));
        var registration = pair.Listener.Handle("/a", (_, _) => Task.CompletedTask);
        await pair.Dialer.ConnectAsync(pair.Address);
        await pair.Dialer.IdentifyAsync(pair.Listener.PeerId);
        registration.Dispose();

        await using var stream = await pair.OpenAsync("/a");

        Assert.Equal(Libp2pError.UnknownProtocol, await CodeAsync(stream.ReadAsync(new byte[1]).AsTask()));
    });

    [Fact]
    public async Task Only_the_asynchronous_methods_exist()
    {
        await using var listener = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").WithEcho().Build();
        await using var dialer = Libp2pHost.CreateBuilder().Build();
        await listener.StartAsync();
        await dialer.StartAsync();
        await using var stream = await dialer.OpenStreamAsync(listener.Addresses[0], "/echo/1.0.0");

        Assert.True(stream is { CanRead: true, CanWrite: true, CanSeek: false, IsInbound: false });
        Assert.Throws<NotSupportedException>(() => stream.Read(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.Write(new byte[1], 0, 1));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.Position = 1);
        Assert.Throws<NotSupportedException>(() => stream.Position);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.SetLength(0));
    }

    [Fact]
    public async Task The_same_stream_as_a_pipe()
    {
        await using var listener = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").WithEcho().Build();
        await using var dialer = Libp2pHost.CreateBuilder().Build();
        await listener.StartAsync();
        await dialer.StartAsync();
        await using var stream = await dialer.OpenStreamAsync(listener.Addresses[0], "/echo/1.0.0");
        var pipe = stream.AsPipe();

        await pipe.Output.WriteAsync(Hello);
        await stream.CloseWriteAsync();
        var read = await pipe.Input.ReadAtLeastAsync(6);

        Assert.True(read.IsCompleted);
        Assert.Equal(5, read.Buffer.Length);
        Assert.Same(pipe, stream.AsPipe());
    }

    private static async Task OpenAndReadAsync(HostPair pair, string protocol)
    {
        await using var stream = await pair.OpenAsync(protocol);
        _ = await stream.ReadAsync(new byte[1]);
    }

    private static async Task<Libp2pError> CodeAsync(Task task) => (await Assert.ThrowsAsync<Libp2pException>(() => task)).Code;
}
