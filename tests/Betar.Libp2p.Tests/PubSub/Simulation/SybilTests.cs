using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Fifty hosts and a hundred liars, and what has a number of its own.</summary>
public sealed class SybilTests(ITestOutputHelper output) : SybilAttacks(output, 50, 100)
{
    /// <summary>Twenty liars for each honest host; half of those whom honest hosts dial are liars, too.</summary>
    [Fact]
    public void Sybil_20_to_1()
    {
        var hosts = Joined(15, dials: 4);
        var liars = Liars(300);
        foreach (var host in hosts)
        {
            foreach (var liar in _network.Some(liars, 60))
                _network.Connect(liar, host);
            foreach (var liar in _network.Some(liars.Where(liar => !host.Knows(liar)), 4))
                _network.Connect(host, liar);
        }

        _network.Run(5 * Second);

        Holds(_network.Talk(hosts, 100, 20 * Second), 3 * Second);
    }

    /// <summary>In a mesh full of silent peers those who bring messages from outside of it take their places.</summary>
    [Fact]
    public void A_mesh_of_silent_peers_is_bettered_by_and_by()
    {
        var hosts = Joined(30, dials: 6);
        var target = _network.AddHost().Join();
        foreach (var liar in Liars(40))
            _network.Connect(liar, target);
        foreach (var neighbour in _network.Some(hosts, 4))
            _network.Connect(neighbour, target);
        _network.Run(5 * Second);
        var before = Honest(target);

        _network.Talk(hosts, 400, 200 * Second);

        Output.WriteLine($"honest peers in the mesh: {before}, then {Honest(target)}");
        Assert.Equal(4, Honest(target));
    }

    private int Honest(SimHost host) => host.Router.MeshOf(SimNetwork.Topic).Count(peer => _network.Hosts.Any(honest => honest.Id == peer));
}
