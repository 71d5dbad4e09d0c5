using System.Globalization;
using Betar.Tests.Shared;
using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>What docs/scale.md computes for ten thousand hosts, looked at with a thousand: what a host pays does not grow with their number.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    /// <summary>A broadcast of one head: 38 bytes of CID in 40.</summary>
    private const int HeadBytes = 40;

    /// <summary>The broadcast with author, number, topic and signature, and its frame.</summary>
    private const int MessageBytes = 180;

    /// <summary>A message's id in an announcement of what one has.</summary>
    private const int IdBytes = 48;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    [Fact]
    public void Two_hundred_hosts_pay_what_the_model_says() => Holds(200, TimeSpan.FromMilliseconds(150));

    [Fact]
    [Trait("Category", "Long")]
    public void A_thousand_hosts_pay_what_the_model_says() => Holds(1_000, TimeSpan.FromMilliseconds(200));

    private void Holds(int count, TimeSpan bound)
    {
        var network = new SimNetwork(TestSeed.Value);
        var hosts = network.AddHosts(count);
        network.ConnectAll(hosts, 8);
        hosts.ForEach(host => host.Join());
        network.Run(TimeSpan.FromSeconds(10));

        var idle = Bytes(network, () => network.Run(Time)) / Time.TotalSeconds / count;
        const int messages = 60;
        SimReport? report = null;
        var spoken = Bytes(network, () => report = network.Talk(hosts, messages, Time, HeadBytes));
        var perMessage = (spoken - (idle * count * (Time.TotalSeconds + 15))) / messages / count;
        var copies = 1 + report!.DuplicateFactor;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{count} hosts: idle {idle:N0} bytes/s and host, {perMessage:N0} bytes for a message and host, {copies:N1} copies, {report}"));
        report.Holds(bound);

        // Copies of the message, and its id to six peers in each of three heartbeats; a third more for control and for luck.
        Assert.InRange(perMessage, copies * MessageBytes * 0.75, ((copies * MessageBytes) + (3 * 6 * IdBytes)) * 1.33);
        Assert.InRange(idle, 0, 100);
    }

    private static long Bytes(SimNetwork network, Action run)
    {
        var before = network.Pipes.Sum(pipe => pipe.Bytes);
        run();
        return network.Pipes.Sum(pipe => pipe.Bytes) - before;
    }
}
