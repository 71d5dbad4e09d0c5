using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Honest hosts among themselves: what a network does that nobody attacks.</summary>
public sealed class HonestNetworkTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(50, 6)]
    [InlineData(150, 8)]
    public void Everybody_gets_everything_once_and_soon(int count, int dials)
    {
        var network = new SimNetwork(TestSeed.Value);
        var hosts = network.AddHosts(count);
        network.ConnectAll(hosts, dials);
        hosts.ForEach(host => host.Join());
        network.Run(5 * Second);

        var report = network.Talk(hosts, 100, 10 * Second);

        output.WriteLine($"{report}");
        report.Holds(TimeSpan.FromMilliseconds(400));
        Assert.True(report.DuplicateFactor < 12, $"{report}");
        Assert.All(hosts, host => Assert.InRange(host.Router.MeshOf(SimNetwork.Topic).Count, 5, 12));
        Assert.All(hosts.SelectMany(host => host.Router.Scores), score => Assert.True(score.Score >= 0, $"{score}"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        Assert.Equal(Run(TestSeed.Value), Run(TestSeed.Value));
        Assert.NotEqual(Run(TestSeed.Value), Run(TestSeed.Value + 1));

        static string Run(int seed)
        {
            var network = new SimNetwork(seed);
            var hosts = network.AddHosts(20);
            network.ConnectAll(hosts, 4);
            hosts.ForEach(host => host.Join());
            network.Run(3 * Second);
            return $"{network.Talk(hosts, 20, 5 * Second)}, {string.Join(' ', hosts.Select(host => host.Router.Meter["send_rpc"]))}";
        }
    }

    [Fact]
    public void Without_flood_publishing_the_mesh_alone_brings_everything()
    {
        var network = new SimNetwork(TestSeed.Value);
        var hosts = network.AddHosts(60, options => options.FloodPublish = false);
        network.ConnectAll(hosts, 8);
        hosts.ForEach(host => host.Join());
        network.Run(5 * Second);

        var report = network.Talk(hosts, 60, 10 * Second);

        output.WriteLine($"{report}");
        report.Holds(TimeSpan.FromMilliseconds(500));
    }

    [Fact]
    public void Who_comes_late_is_in_the_mesh_and_gets_what_follows()
    {
        var network = new SimNetwork(TestSeed.Value);
        var hosts = network.AddHosts(40);
        network.ConnectAll(hosts, 6);
        hosts.ForEach(host => host.Join());
        network.Run(10 * Second);
        var late = network.AddHost().Join();
        foreach (var other in network.Some(hosts, 6))
            network.Connect(late, other);
        network.Run(2 * Second);

        network.Talk(hosts, 20, 5 * Second).Holds(TimeSpan.FromMilliseconds(400));

        Assert.Equal(20, late.Received);
    }
}
