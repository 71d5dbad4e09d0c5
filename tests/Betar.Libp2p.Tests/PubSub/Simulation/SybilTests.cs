using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Peers without number who get into every mesh they can. The defaults hold against each of these, and every bound is stated.</summary>
public sealed class SybilTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly SimNetwork _network = new(TestSeed.Value);

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

    /// <summary>One host has two honest peers, and all the liars of the network around it.</summary>
    [Fact]
    public void Eclipse()
    {
        var hosts = Joined(50, dials: 6);
        var target = _network.AddHost().Join();
        foreach (var honest in _network.Some(hosts, 2))
            _network.Connect(target, honest);
        foreach (var liar in Liars(100))
            _network.Connect(liar, target);
        _network.Run(5 * Second);

        Holds(_network.Talk([.. hosts, target], 100, 20 * Second), 3 * Second);
        Assert.True(target.Received > 80, $"{target.Received}");
    }

    /// <summary>Liars behave, but for the messages of one host.</summary>
    [Fact]
    public void Censor()
    {
        var hosts = Joined(50, dials: 6);
        var victim = hosts[0];
        var liars = Liars(100);
        foreach (var liar in liars)
            liar.PassesOn = (_, message) => !message.Id.Names(victim.Id);
        foreach (var host in hosts)
        {
            foreach (var liar in _network.Some(liars, 12))
                _network.Connect(liar, host);
        }

        _network.Run(5 * Second);

        Holds(_network.Talk([victim], 60, 20 * Second), 3 * Second);
    }

    /// <summary>Everybody comes at once, and liars are quicker than the honest.</summary>
    [Fact]
    public void Cold_boot()
    {
        var hosts = _network.AddHosts(50);
        var liars = Liars(200);
        hosts.ForEach(host => host.Join());
        foreach (var host in hosts)
        {
            foreach (var liar in _network.Some(liars, 20))
                _network.Connect(liar, host);
        }

        _network.ConnectAll(hosts, 6);

        // Not a heartbeat has passed.
        Holds(_network.Talk(hosts, 100, 20 * Second), 3 * Second);
    }

    /// <summary>Liars are honest for two minutes and have the best scores when they all fall silent.</summary>
    [Fact]
    public void Covert_flash()
    {
        var hosts = Joined(50, dials: 6);
        var liars = Liars(100);
        foreach (var liar in liars)
            liar.PassesOn = (_, _) => true;
        foreach (var host in hosts)
        {
            foreach (var liar in _network.Some(liars, 12))
                _network.Connect(liar, host);
        }

        _network.Run(5 * Second);
        _network.Talk(hosts, 60, 120 * Second);
        foreach (var liar in liars)
            liar.PassesOn = null;

        Holds(_network.Talk(hosts, 100, 20 * Second), 3 * Second);
    }

    /// <summary>All honest hosts but three were away over night and come back into a topic that liars have held meanwhile.</summary>
    [Fact]
    public void Attack_at_dawn()
    {
        var awake = Joined(3, dials: 2);
        var liars = Liars(150);
        foreach (var host in awake)
        {
            foreach (var liar in liars.Take(60))
                _network.Connect(liar, host);
        }

        _network.Run(60 * Second);
        var back = _network.AddHosts(47);
        foreach (var host in back)
        {
            host.Join();
            foreach (var liar in _network.Some(liars, 20))
                _network.Connect(liar, host);
            _network.Connect(host, awake[_network.Random.Next(awake.Count)]);
        }

        _network.ConnectAll(back, 4);

        Holds(_network.Talk([.. awake, .. back], 100, 20 * Second), 3 * Second);
    }

    /// <summary>In a mesh full of silent peers those who bring messages from outside of it take their places.</summary>
    [Fact]
    public void A_mesh_of_silent_peers_is_bettered_by_and_by()
    {
        var hosts = Joined(30, dials: 6);
        var target = _network.AddHost().Join();
        foreach (var liar in Liars(40))
            _network.Connect(liar, target);
        foreach (var honest in _network.Some(hosts, 4))
            _network.Connect(honest, target);
        _network.Run(5 * Second);
        var before = Honest(target);

        _network.Talk(hosts, 400, 200 * Second);

        output.WriteLine($"honest peers in the mesh: {before}, then {Honest(target)}");
        Assert.Equal(4, Honest(target));
    }

    private int Honest(SimHost host) => host.Router.MeshOf(SimNetwork.Topic).Count(peer => _network.Hosts.Any(honest => honest.Id == peer));

    private List<SimHost> Joined(int count, int dials)
    {
        var hosts = _network.AddHosts(count);
        _network.ConnectAll(hosts, dials);
        hosts.ForEach(host => host.Join());
        return hosts;
    }

    private List<Attacker> Liars(int count) => [.. Enumerable.Range(0, count).Select(number => new Attacker(_network, number))];

    private void Holds(SimReport report, TimeSpan bound)
    {
        output.WriteLine($"{report}");
        report.Holds(bound);
    }
}
