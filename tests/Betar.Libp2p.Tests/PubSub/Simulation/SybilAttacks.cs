using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Peers without number who get into every mesh they can. The defaults hold against each of these, and every bound is stated.</summary>
/// <param name="output">For the figures.</param>
/// <param name="honest">Hosts.</param>
/// <param name="hostile">Liars of most attacks; at a cold boot there are twice as many, at dawn half as many more.</param>
public abstract class SybilAttacks(ITestOutputHelper output, int honest, int hostile)
{
    private protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private protected readonly SimNetwork _network = new(TestSeed.Value);

    /// <summary>One host has two honest peers, and all the liars of the network around it.</summary>
    [Fact]
    public void Eclipse()
    {
        var hosts = Joined(honest, dials: 6);
        var target = _network.AddHost().Join();
        foreach (var neighbour in _network.Some(hosts, 2))
            _network.Connect(target, neighbour);
        foreach (var liar in Liars(hostile))
            _network.Connect(liar, target);
        _network.Run(5 * Second);

        Holds(_network.Talk([.. hosts, target], 100, 20 * Second), 3 * Second);
        Assert.True(target.Received > 80, $"{target.Received}");
    }

    /// <summary>Liars behave, but for the messages of one host.</summary>
    [Fact]
    public void Censor()
    {
        var hosts = Joined(honest, dials: 6);
        var victim = hosts[0];
        var liars = Liars(hostile);
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
        var hosts = _network.AddHosts(honest);
        var liars = Liars(2 * hostile);
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
        var hosts = Joined(honest, dials: 6);
        var liars = Liars(hostile);
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
        var liars = Liars(hostile * 3 / 2);
        foreach (var host in awake)
        {
            foreach (var liar in liars.Take(60))
                _network.Connect(liar, host);
        }

        _network.Run(60 * Second);
        var back = _network.AddHosts(honest - awake.Count);
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

    private protected ITestOutputHelper Output => output;

    private protected List<SimHost> Joined(int count, int dials)
    {
        var hosts = _network.AddHosts(count);
        _network.ConnectAll(hosts, dials);
        hosts.ForEach(host => host.Join());
        return hosts;
    }

    private protected List<Attacker> Liars(int count) => [.. Enumerable.Range(0, count).Select(number => new Attacker(_network, number))];

    private protected void Holds(SimReport report, TimeSpan bound)
    {
        output.WriteLine($"{report}");
        report.Holds(bound);
    }
}
