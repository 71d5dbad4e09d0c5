using Betar.Libp2p.Discovery;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery;

public sealed class PeerDiscoveryTests
{
    [Fact]
    public void A_source_of_ones_own_joins_in_without_more() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var other = await machines.StartAsync(1, "9.1.0.1", Only());
        var one = await machines.StartAsync(2, "9.2.0.1", Only(new Source(new PeerCandidate(other.Host.PeerId, [other.Address], PeerOrigin.Stranger, "fake"))));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(one.Knows(other));
        Assert.Equal(["fake"], one.Discovery.Sources);
    });

    [Fact]
    public void A_source_that_fails_does_not_stop_the_others() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var other = await machines.StartAsync(1, "9.1.0.1", Only());
        var one = await machines.StartAsync(2, "9.2.0.1", Only(new Source { Fails = true }, new Source(new PeerCandidate(other.Host.PeerId, [other.Address], PeerOrigin.Stranger, "fake"))));
        one.Discovery.PeerFound += (_, _) => throw new InvalidOperationException("A handler's fault.");
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(one.Knows(other));
    });

    [Fact]
    public void A_discovery_is_started_once() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(2, "9.2.0.1", Only());

        Assert.Throws<InvalidOperationException>(one.Discovery.Start);
    });

    [Fact]
    [Hits("discovery.addresses")]
    public void Addresses_that_may_not_be_dialled_or_are_another_peers_are_left_out() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(2, "9.2.0.1", Only(new Source(new PeerCandidate(
            Somebody.Id(3),
            [Multiaddr.Parse("/ip4/10.0.0.1/tcp/4001"), Multiaddr.Parse("/ip4/9.3.0.1/tcp/4001").WithPeer(Somebody.Id(4)), Multiaddr.Parse("/ip4/9.3.0.1/tcp/4003")],
            PeerOrigin.Stranger, "fake"))));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(["/ip4/9.3.0.1/tcp/4003"], one.Transport.Dialed.Select(address => address.ToString()));
        Assert.Equal(1, one.Host.LimitHits["discovery.addresses"]);
    });

    [Fact]
    [Hits("discovery.dials")]
    public void Strangers_make_us_dial_no_more_often_than_allowed() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var one = await machines.StartAsync(1, "9.1.0.1", Only(Many(40, n => $"/ip4/9.{n}.0.1/tcp/9000", PeerOrigin.Stranger)));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Equal(32, one.Transport.Dialed.Count);
        Assert.Equal(8, one.Host.LimitHits["discovery.dials"]);
    });

    [Fact]
    [Hits("discovery.candidates")]
    public void No_more_wait_to_be_dialled_than_allowed_and_only_some_are_dialled_at_once() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var silent = new SilentTransport();
        var one = await machines.StartAsync(
            1, "9.1.0.1", Only(Many(140, n => $"/ip4/9.{n}.0.1/tcp/9000", PeerOrigin.Remembered)), builder => builder.WithTransport(silent).Configure(options => options.Dialing.Parallel = 100));
        await run.Wait(TimeSpan.FromMilliseconds(100));

        Assert.Equal(12, one.Host.LimitHits["discovery.candidates"]);
    });

    [Fact]
    [Hits("discovery.peers_per_network")]
    public void Of_one_network_two_are_enough_on_a_strangers_word() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        List<Machines.Machine> others = [];
        for (byte i = 1; i <= 4; i++)
            others.Add(await machines.StartAsync(i, $"9.1.0.{i}", Only()));
        var source = new Source([.. others.Select(other => new PeerCandidate(other.Host.PeerId, [other.Address], PeerOrigin.Stranger, "fake"))]);
        var one = await machines.StartAsync(9, "9.9.0.1", Only(source));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(2, one.Host.Connections.Count);
        Assert.Equal(2, one.Host.LimitHits["discovery.peers_per_network"]);

        // Also when they are named one after the other.
        source.Sink!.Take(new PeerCandidate(others[^1].Host.PeerId, [others[^1].Address], PeerOrigin.Stranger, "fake"));
        source.Sink.Take(new PeerCandidate(others[0].Host.PeerId, [others[0].Address], PeerOrigin.Stranger, "fake"));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(2, one.Host.Connections.Count);
        // The operator is not bound by it.
        await one.Host.ConnectAsync(others[2].Address);
        source.Sink.Take(new PeerCandidate(others[3].Host.PeerId, [others[3].Address], PeerOrigin.Operator, "fake"));
        await run.Wait(TimeSpan.FromSeconds(1));
        Assert.True(one.Host.Connections.Count >= 3);
    });

    [Fact]
    public void With_enough_peers_no_further_ones_are_dialled() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "9.1.0.1", Only());
        var second = await machines.StartAsync(2, "9.2.0.1", Only());
        var source = new Source(new PeerCandidate(first.Host.PeerId, [first.Address], PeerOrigin.Stranger, "fake"));
        var one = await machines.StartAsync(3, "9.3.0.1", Only(source), builder => builder.Configure(options => options.Discovery.EnoughPeers = 1));
        await run.Wait(TimeSpan.FromSeconds(1));
        source.Sink!.Take(new PeerCandidate(second.Host.PeerId, [second.Address], PeerOrigin.Remembered, "fake"));
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.True(one.Knows(first));
        Assert.False(one.Knows(second));
    });

    [Fact]
    public void Who_is_connected_or_being_dialled_is_not_dialled_again() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var first = await machines.StartAsync(1, "9.1.0.1", Only());
        var candidate = new PeerCandidate(first.Host.PeerId, [first.Address], PeerOrigin.Stranger, "fake");
        var source = new Source(candidate, candidate, candidate with { Origin = PeerOrigin.Operator });
        var one = await machines.StartAsync(3, "9.3.0.1", Only(source));
        await run.Wait(TimeSpan.FromSeconds(1));
        source.Sink!.Take(candidate);
        source.Sink.Take(candidate with { Peer = one.Host.PeerId });
        await run.Wait(TimeSpan.FromSeconds(1));

        Assert.Single(one.Transport.Dialed);
    });

    [Fact]
    public void An_address_that_failed_rests_before_it_is_dialled_on_a_strangers_word() => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        var source = new Source();
        var one = await machines.StartAsync(3, "9.3.0.1", Only(source));
        for (var i = 0; i < 60; i++)
        {
            await run.Wait(TimeSpan.FromSeconds(1));
            source.Sink!.Take(new PeerCandidate(Somebody.Id(9), [Multiaddr.Parse("/ip4/9.9.9.9/tcp/4009")], PeerOrigin.Stranger, "fake"));
        }

        Assert.InRange(one.Transport.Dialed.Count, 3, 5);
    });

    private static DiscoverySettings Only(params IPeerSource[] sources) => new() { Mdns = false, Exchange = false, Remembered = false, Sources = sources };

    private static Source Many(int count, Func<int, string> address, PeerOrigin origin) => new(
        [.. Enumerable.Range(50, count).Select(n => new PeerCandidate(Somebody.Id((byte)n), [Multiaddr.Parse(address(n))], origin, "fake"))]);

    private sealed class Source(params PeerCandidate[] candidates) : IPeerSource
    {
        public bool Fails { get; init; }

        public IPeerSink? Sink { get; private set; }

        public string Name => "fake";

        public Task RunAsync(IPeerSink sink, CancellationToken cancellationToken)
        {
            Sink = sink;
            if (Fails)
                throw new InvalidOperationException("A source's fault.");
            foreach (var candidate in candidates)
                sink.Take(candidate);
            return Task.CompletedTask;
        }
    }
}
