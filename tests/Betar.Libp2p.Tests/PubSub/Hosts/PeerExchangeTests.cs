using Betar.Libp2p.Discovery;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Hosts;

/// <summary>PX between whole hosts: one with a full mesh tells a newcomer of the others, whose discovery then meets them.</summary>
public sealed class PeerExchangeTests
{
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public void A_newcomer_meets_those_for_whom_there_was_a_place_when_both_sides_want_it(bool told, bool looked, bool met) => Run(async (run, machines, gossips) =>
    {
        var hub = await machines.StartAsync(1, "9.1.0.1", Alone(), source: host => Gossip(gossips, host, told));
        Machines.Machine[] first = [await machines.StartAsync(2, "9.2.0.1", Alone(hub), source: host => Gossip(gossips, host, told)), await machines.StartAsync(3, "9.3.0.1", Alone(hub), source: host => Gossip(gossips, host, told))];
        await run.Wait(TimeSpan.FromSeconds(5));
        var late = await machines.StartAsync(4, "9.4.0.1", Alone(hub), source: host => Gossip(gossips, host, looked));
        await run.Wait(TimeSpan.FromSeconds(10));

        Assert.True(late.Knows(hub));
        Assert.Equal(met ? 2 : 0, first.Count(late.Knows));
    });

    [Fact]
    public void Who_lives_in_the_network_of_the_one_who_tells_is_not_told_to_the_internet() => Run(async (run, machines, gossips) =>
    {
        var hub = await machines.StartAsync(1, "9.1.0.1", Alone(), source: host => Gossip(gossips, host, true));
        await machines.StartAsync(2, "10.0.0.2", Alone(hub), source: host => Gossip(gossips, host, true));
        await machines.StartAsync(3, "10.0.0.3", Alone(hub), source: host => Gossip(gossips, host, true));
        await run.Wait(TimeSpan.FromSeconds(5));
        var late = await machines.StartAsync(4, "9.4.0.1", Alone(hub), source: host => Gossip(gossips, host, true));
        await run.Wait(TimeSpan.FromSeconds(10));

        Assert.True(late.Knows(hub));
        Assert.Equal([hub.Address.WithoutPeer()], late.Transport.Dialed);
    });

    private static DiscoverySettings Alone(Machines.Machine? known = null) =>
        new() { Remembered = false, Mdns = false, Exchange = false, Bootstrap = known is null ? [] : [known.Address] };

    private static IPeerSource Gossip(List<GossipSub> all, Libp2pHost host, bool exchange)
    {
        var options = new GossipOptions { PeerExchange = exchange };
        // The smallest mesh that there can be, and nobody has had time to earn anything.
        (options.Mesh.Degree, options.Mesh.DegreeLow, options.Mesh.DegreeHigh, options.Mesh.DegreeScore, options.Mesh.DegreeOutbound) = (2, 2, 2, 1, 1);
        options.Score.PeersThreshold = 0;
        var gossip = new GossipSub(host, options);
        all.Add(gossip);
        gossip.Join(GossipHosts.Topic, (_, _) => ValueTask.FromResult(MessageVerdict.Accept));
        return gossip.RecommendedPeers;
    }

    private static void Run(Func<Simulated, Machines, List<GossipSub>, Task> test) => Simulated.Run(async run =>
    {
        await using var machines = new Machines(run);
        List<GossipSub> gossips = [];
        await test(run, machines, gossips);
        foreach (var gossip in gossips)
            await gossip.DisposeAsync();
    });
}
