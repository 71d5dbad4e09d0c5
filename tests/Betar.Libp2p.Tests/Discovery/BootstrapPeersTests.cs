using Betar.Libp2p.Discovery;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery;

public sealed class BootstrapPeersTests
{
    [Fact]
    public void The_operators_peer_is_dialled_wherever_it_is() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var near = await machines.StartAsync(1, "127.0.0.1", Settings());
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(near.Address));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(one.Knows(near));
        Assert.Equal(["remembered", "bootstrap"], one.Discovery.Sources);
    });

    [Fact]
    public void Who_is_not_there_is_dialled_again_after_pauses_that_double_up_to_the_longest() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var begin = run.Time.GetUtcNow();
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(Nobody), Short);
        await run.Wait(TimeSpan.FromSeconds(60));

        // 0, 1, 3, 7, 15, 23, ...: each dial takes a millisecond here.
        Assert.Equal(1 + 3 + 6, one.Transport.Dialed.Count);
        Assert.True(run.Time.GetUtcNow() - begin >= TimeSpan.FromSeconds(60));
    });

    [Fact]
    public void Who_comes_up_later_is_found() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(Multiaddr.Parse("/ip4/9.1.0.1/tcp/4001").WithPeer(Somebody.Id(1))));
        var found = 0;
        one.Discovery.PeerFound += (_, args) => found += args is { Source: "bootstrap" } && args.Peer == Somebody.Id(1) ? 1 : 0;
        await run.Wait(TimeSpan.FromSeconds(10));
        var late = await machines.StartAsync(1, "9.1.0.1", Settings());
        await run.Wait(TimeSpan.FromSeconds(10));

        Assert.True(one.Knows(late));
        Assert.Equal(1, found);
        // The pauses have grown meanwhile; who was there is dialled again after a short one.
        await late.Host.DisconnectAsync(one.Host.PeerId);
        await run.Wait(TimeSpan.FromMilliseconds(1_100));
        Assert.True(one.Knows(late));
        Assert.Equal(2, found);
    });

    [Fact]
    public void Who_leaves_is_dialled_again_and_quickly() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "9.1.0.1", Settings());
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(first.Address));
        await run.Wait(TimeSpan.FromMinutes(10));
        Assert.Single(one.Transport.Dialed);

        await first.Host.DisconnectAsync(one.Host.PeerId);
        await run.Wait(TimeSpan.FromMilliseconds(500));
        Assert.False(one.Knows(first));
        await run.Wait(TimeSpan.FromMilliseconds(600));
        Assert.True(one.Knows(first));
        Assert.Equal(2, one.Transport.Dialed.Count);
    });

    [Fact]
    public void With_enough_others_the_operators_peer_is_dialled_all_the_same() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "9.1.0.1", Settings());
        var two = await machines.StartAsync(2, "9.2.0.1", Settings());
        var three = await machines.StartAsync(3, "9.3.0.1", Settings(two.Address), builder => builder.Configure(options => options.Discovery.EnoughPeers = 1), start: false);
        await three.Host.ConnectAsync(one.Address);
        three.Discovery.Start();
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(three.Knows(two));
    });

    [Fact]
    public void Several_addresses_of_one_peer_are_one_dial_and_our_own_is_none() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "9.1.0.1", Settings());
        var self = Multiaddr.Parse("/ip4/9.2.0.1/tcp/4002").WithPeer(Somebody.Id(2));
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(self, Multiaddr.Parse("/ip4/9.9.9.9/tcp/9").WithPeer(Somebody.Id(1)), first.Address, Multiaddr.Parse("/ip4/9.9.9.9/tcp/9")));
        await run.Wait(TimeSpan.FromSeconds(20));

        Assert.True(one.Knows(first));
        Assert.DoesNotContain(self.WithoutPeer(), one.Transport.Dialed);
        Assert.Single(one.Host.Connections);
    });

    [Fact]
    public void After_the_end_nobody_is_dialled_and_connections_stay() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "9.1.0.1", Settings());
        var one = await machines.StartAsync(2, "9.2.0.1", Settings(first.Address));
        await run.Wait(TimeSpan.FromSeconds(1));
        await one.Discovery.DisposeAsync();
        await one.Discovery.DisposeAsync();
        Assert.True(one.Knows(first));
        Assert.Throws<ObjectDisposedException>(one.Discovery.Start);

        await first.Host.DisconnectAsync(one.Host.PeerId);
        await run.Wait(TimeSpan.FromMinutes(5));
        Assert.False(one.Knows(first));
    });

    private static Multiaddr Nobody => Multiaddr.Parse("/ip4/9.9.9.9/tcp/9").WithPeer(Somebody.Id(9));

    private static void Short(Libp2pHostBuilder builder) => builder.Configure(options => options.Discovery.RedialMax = TimeSpan.FromSeconds(8));

    private static DiscoverySettings Settings(params Multiaddr[] bootstrap) => new() { Mdns = false, Exchange = false, Bootstrap = bootstrap };
}
