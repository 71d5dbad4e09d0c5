using Betar.Libp2p.Connections;
using Betar.Libp2p.Events;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Betar.Libp2p.Tests.Hosting;

public sealed class HostLifeTests
{
    [Fact]
    public void A_stop_lets_streams_end_that_are_being_served() => Simulated.Run(async run =>
    {
        var (began, ended) = (new TaskCompletionSource(), false);
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/slow", async (_, token) =>
        {
            began.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(5), run.Time, token);
            ended = true;
        }));
        await using var stream = await pair.OpenAsync("/slow");
        await began.Task;

        await pair.Listener.StopAsync();

        Assert.True(ended);
    });

    [Fact]
    public void A_stop_waits_only_so_long() => Simulated.Run(async run =>
    {
        var began = new TaskCompletionSource();
        var cancelled = false;
        await using var pair = await HostPair.StartAsync(run, listener => listener.Handle("/hangs", async (_, token) =>
        {
            began.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, run.Time, token);
            }
            finally
            {
                cancelled = token.IsCancellationRequested;
            }
        }));
        await using var stream = await pair.OpenAsync("/hangs");
        await began.Task;
        var before = run.Time.GetUtcNow();

        await pair.Listener.StopAsync();

        Assert.True(cancelled);
        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(16));
    });

    [Fact]
    public void Pings_do_not_hold_up_a_stop_and_the_peer_hears_the_goodbye() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);
        await pair.Dialer.ConnectAsync(pair.Address);
        await using var ping = await pair.Dialer.OpenPingAsync(pair.Listener.PeerId);
        await ping.PingAsync();
        var gone = new TaskCompletionSource();
        pair.Dialer.PeerChanged += (_, args) => Assert.True(args.Kind != HostEventKind.Disconnected || gone.TrySetResult());
        var before = run.Time.GetUtcNow();

        await pair.Listener.StopAsync();
        await gone.Task;

        Assert.InRange(run.Time.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.Empty(pair.Dialer.Connections);
    });

    [Fact]
    public void While_it_drains_a_host_takes_no_new_streams() => Simulated.Run(async run =>
    {
        var began = new TaskCompletionSource();
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithEcho().Handle("/slow", async (_, token) =>
        {
            began.SetResult();
            await Task.Delay(TimeSpan.FromSeconds(5), run.Time, token);
        }));
        await using var stream = await pair.OpenAsync("/slow");
        await began.Task;
        var stopping = pair.Listener.StopAsync();
        await run.Wait(TimeSpan.FromSeconds(1));

        var error = await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            await using var late = await pair.Dialer.OpenStreamAsync(pair.Listener.PeerId, ["/other", "/echo/1.0.0"]);
            await late.WriteAsync(new byte[1]);
            _ = await late.ReadAsync(new byte[1]);
        });
        Assert.Equal(Libp2pError.StreamReset, error.Code);
        await stopping;
    });

    [Fact]
    public void What_has_stopped_holds_nothing() => Simulated.Run(async run =>
    {
        var pair = await HostPair.StartAsync(run, listener => listener.WithEcho());
        await using (var stream = await pair.OpenAsync("/echo/1.0.0"))
            await stream.WriteAsync(new byte[10]);

        await pair.DisposeAsync();

        foreach (var host in new[] { pair.Listener, pair.Dialer })
        {
            Assert.True(host.Resources.System.Used.IsZero, host.Resources.System.Used.ToString());
            Assert.True(host.Resources.Transient.Used.IsZero);
            Assert.Equal(0, host.Resources.DynamicScopes);
            Assert.Empty(host.Connections);
            Assert.Empty(host.Addresses);
        }
    });

    [Fact]
    public void A_host_is_started_once_and_may_be_stopped_often() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run);

        await Assert.ThrowsAsync<InvalidOperationException>(() => pair.Listener.StartAsync());
        await pair.Listener.StopAsync();
        await pair.Listener.StopAsync();
    });

    [Fact]
    public async Task A_port_in_use_is_one_error_and_nothing_is_left_listening()
    {
        await using var first = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Build();
        await first.StartAsync();
        await using var second = Libp2pHost.CreateBuilder().Listen("/ip4/127.0.0.1/tcp/0").Listen(first.Addresses[0].WithoutPeer()).Build();

        var error = await Assert.ThrowsAsync<Libp2pException>(() => second.StartAsync());

        Assert.Equal(Libp2pError.Refused, error.Code);
        Assert.Empty(second.Addresses);
    }

    [Fact]
    public async Task An_address_that_nothing_can_listen_on_is_refused()
    {
        await using var host = Libp2pHost.CreateBuilder().Listen("/unix/tmp/a").Build();
        Assert.Equal(Libp2pError.NotDialable, (await Assert.ThrowsAsync<Libp2pException>(() => host.StartAsync())).Code);
        Assert.Throws<FormatException>(() => Libp2pHost.CreateBuilder().Listen("nonsense"));
    }

    [Fact]
    public void The_key_of_the_caller_stays_the_callers() => Simulated.Run(async run =>
    {
        using var key = IdentityKey.Generate();
        await using (var host = HostPair.Builder(new(run.Time), 1).WithIdentity(key).Build())
            await host.StartAsync();

        Assert.Equal(64, key.Sign([1]).Length);
    });

    [Fact]
    public void The_gate_is_asked_before_and_after_the_handshake() => Simulated.Run(async run =>
    {
        var gate = new DenyListGate();
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithGate(gate));
        gate.Deny(pair.Dialer.PeerId);

        await Assert.ThrowsAsync<Libp2pException>(async () =>
        {
            await using var stream = await pair.OpenAsync("/ipfs/ping/1.0.0");
            _ = await stream.ReadAsync(new byte[1]);
        });
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(pair.Listener.Connections);
        gate.Allow(pair.Dialer.PeerId);
        await pair.Dialer.ConnectAsync(pair.Address);
        Assert.Single(pair.Dialer.Connections);
    });

    [Fact]
    public void What_the_gate_does_not_accept_is_dropped_before_a_byte_is_read() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.WithGate(new ClosedGate()));
        await using var channel = await Stranger.KnockAsync(pair);

        await Assert.ThrowsAnyAsync<IOException>(async () => Assert.Equal(1, await channel.ReadAsync(new byte[1], default)));
        Assert.True(pair.Listener.Resources.System.Used.IsZero);
    });

    [Fact]
    public void Too_many_connections_are_trimmed_and_protected_peers_stay() => Simulated.Run(async run =>
    {
        await using var pair = await HostPair.StartAsync(run, listener => listener.Configure(options => (options.ConnectionManager.LowWater, options.ConnectionManager.HighWater) = (2, 3)));
        var strangers = new List<Stranger>();
        for (byte i = 10; i < 15; i++)
            strangers.Add(await Stranger.ConnectAsync(run, pair, i));
        await run.Wait(TimeSpan.FromSeconds(1));
        pair.Listener.Protect(Somebody.Id(10), "test");
        pair.Listener.Tag(Somebody.Id(12), "test", 5);

        await run.Wait(TimeSpan.FromMinutes(2));

        Assert.Equal(new[] { Somebody.Id(10), Somebody.Id(12) }.ToHashSet(), pair.Listener.Connections.Select(connection => connection.Peer).ToHashSet());
        foreach (var stranger in strangers)
            await stranger.DisposeAsync();
    });

    [Fact]
    public async Task With_an_application_it_starts_and_stops()
    {
        var services = new ServiceCollection();
        services.AddLibp2p((_, builder) => builder.Listen("/ip4/127.0.0.1/tcp/0").WithEcho());
        await using var provider = services.BuildServiceProvider();
        var host = provider.GetRequiredService<Libp2pHost>();
        var service = Assert.Single(provider.GetServices<IHostedService>());

        await service.StartAsync(default);
        Assert.NotEmpty(host.Addresses);
        await service.StopAsync(default);
        Assert.Empty(host.Addresses);
    }

    [Fact]
    public void Any_address_is_announced_as_each_of_the_machine()
    {
        var machine = new Machine();
        Assert.Equal(
            ["/ip4/127.0.0.1/tcp/5", "/ip4/192.0.2.1/tcp/5"],
            Betar.Libp2p.Hosting.ListenAddresses.Expand(Multiaddr.Parse("/ip4/0.0.0.0/tcp/5"), machine).Select(address => address.ToString()));
        Assert.Equal(
            ["/ip6/2001:db8::1/tcp/5/ws"],
            Betar.Libp2p.Hosting.ListenAddresses.Expand(Multiaddr.Parse("/ip6/::/tcp/5/ws"), machine).Select(address => address.ToString()));
        Assert.Equal(
            ["/ip4/127.0.0.1/tcp/5"],
            Betar.Libp2p.Hosting.ListenAddresses.Expand(Multiaddr.Parse("/ip4/127.0.0.1/tcp/5"), machine).Select(address => address.ToString()));
    }

    private sealed class ClosedGate : IConnectionGate
    {
        public bool MayAccept(Multiaddr remote) => false;
    }

    private sealed class Machine : Betar.Libp2p.Hosting.IInterfaceAddresses
    {
        public IReadOnlyList<System.Net.IPAddress> All() =>
            [System.Net.IPAddress.Parse("127.0.0.1"), System.Net.IPAddress.Parse("192.0.2.1"), System.Net.IPAddress.Parse("2001:db8::1")];
    }
}
