using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Hosts;

/// <summary>Messages between whole hosts, over Noise and yamux, on virtual time.</summary>
public sealed class DeliveryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Every_message_comes_to_everybody_exactly_once() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 3);
        Join(hosts, 3);
        await hosts.ConnectAsync((0, 1), (1, 2), (2, 0));
        await run.Wait(2 * Second);

        for (var i = 0; i < 20; i++)
            Assert.Equal(2, await hosts[i % 3].SayAsync("message " + i));
        await run.Wait(5 * Second);

        for (var me = 0; me < 3; me++)
            Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 3 != me).Select(i => "message " + i).Order(), hosts[me].Texts.Order());
        Assert.All(hosts[0].Received, message => Assert.Equal(GossipHosts.Topic, message.Topic));
        Assert.Equal(new[] { hosts[1].Host.PeerId, hosts[2].Host.PeerId }.ToHashSet(), hosts[0].Received.Select(message => message.Author).ToHashSet());
    });

    [Fact]
    public void A_message_goes_over_others_to_those_who_are_not_connected() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 3);
        Join(hosts, 3);
        await hosts.ConnectAsync((0, 1), (1, 2));
        await run.Wait(2 * Second);

        Assert.Equal(1, await hosts[0].SayAsync("far"));
        await run.Wait(Second);

        var message = Assert.Single(hosts[2].Received);
        Assert.Equal((hosts[0].Host.PeerId, hosts[1].Host.PeerId), (message.Author, message.Sender));
    });

    [Fact]
    public void Who_does_not_take_part_gets_nothing_and_may_still_speak() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 3);
        _ = (hosts[0].Topic, hosts[1].Topic);
        await hosts.ConnectAsync((0, 1), (1, 2), (2, 0));
        await run.Wait(2 * Second);

        Assert.Equal(1, await hosts[0].SayAsync("not for all"));
        Assert.Equal(2, hosts[2].Gossip.Publish(GossipHosts.Topic, "from outside"u8.ToArray()));
        await run.Wait(Second);

        Assert.Empty(hosts[2].Received);
        Assert.Equal(["from outside", "not for all"], hosts[1].Texts.Order());
        Assert.Equal(["from outside"], hosts[0].Texts);
    });

    [Theory]
    [InlineData(MessageVerdict.Accept, true)]
    [InlineData(MessageVerdict.Reject, false)]
    [InlineData(MessageVerdict.Ignore, false)]
    public void The_verdict_decides_whether_it_is_passed_on(MessageVerdict verdict, bool passed) => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 3);
        Join(hosts, 3);
        hosts[1].Verdict = _ => ValueTask.FromResult(verdict);
        await hosts.ConnectAsync((0, 1), (1, 2));
        await run.Wait(2 * Second);

        await hosts[0].SayAsync("?");
        await run.Wait(5 * Second);

        Assert.Single(hosts[1].Received);
        Assert.Equal(passed ? 1 : 0, hosts[2].Received.Count);
        Assert.Equal(verdict == MessageVerdict.Reject ? 1 : 0, Math.Round(hosts[1].Gossip.Scores.Single(score => score.Peer == hosts[0].Host.PeerId).Topics.Single().Invalid));
    });

    [Fact]
    public void A_handler_that_fails_blames_nobody_and_does_not_stop_the_next() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 2);
        Join(hosts, 2);
        hosts[1].Verdict = _ => hosts[1].Received.Count == 1 ? throw new InvalidOperationException("a bug") : ValueTask.FromResult(MessageVerdict.Accept);
        await hosts.ConnectAsync((0, 1));
        await run.Wait(2 * Second);

        await hosts[0].SayAsync("first");
        await hosts[0].SayAsync("second");
        await run.Wait(Second);

        Assert.Equal(["first", "second"], hosts[1].Texts.Order());
        Assert.All(hosts[1].Gossip.Scores, score => Assert.True(score.Score > 0));
    });

    [Fact]
    public void Peers_of_a_topic_are_told_of_as_they_come_and_go() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 3);
        Join(hosts, 2);
        var seen = new List<(int Who, bool Joined)>();
        hosts[0].Topic.PeerChanged += (_, change) => seen.Add((change.Peer == hosts[1].Host.PeerId ? 1 : 2, change.Joined));
        await hosts.ConnectAsync((0, 1), (0, 2));
        await run.Wait(2 * Second);
        Assert.Equal([hosts[1].Host.PeerId], hosts[0].Topic.Peers);

        _ = hosts[2].Topic;
        await run.Wait(Second);
        await hosts[1].Topic.DisposeAsync();
        await run.Wait(Second);
        await hosts[2].Host.DisconnectAsync(hosts[0].Host.PeerId);
        await run.Wait(Second);

        Assert.Equal([(1, true), (2, true), (1, false), (2, false)], seen);
        Assert.Empty(hosts[0].Topic.Peers);
    });

    [Fact]
    public void A_topic_is_joined_once_and_again_after_it_was_left() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 2);
        Join(hosts, 2);
        await hosts.ConnectAsync((0, 1));
        await run.Wait(2 * Second);

        Assert.Throws<InvalidOperationException>(() => hosts[0].Gossip.Join(GossipHosts.Topic, (_, _) => ValueTask.FromResult(MessageVerdict.Accept)));
        await hosts[0].Topic.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await hosts[0].SayAsync("gone"));
        await run.Wait(Second);
        await hosts[1].SayAsync("meanwhile");
        await run.Wait(Second);
        var heard = new List<string>();
        await using var again = hosts[0].Gossip.Join(GossipHosts.Topic, (message, _) =>
        {
            heard.Add(System.Text.Encoding.UTF8.GetString(message.Data.Span));
            return ValueTask.FromResult(MessageVerdict.Accept);
        });
        await run.Wait(2 * Second);
        await hosts[1].SayAsync("heard");
        await run.Wait(Second);

        // What was said meanwhile is told of by gossip.
        Assert.Empty(hosts[0].Received);
        Assert.Equal(["meanwhile", "heard"], heard);
    });

    [Fact]
    public void GossipSub_on_a_host_that_is_connected_already_meets_its_peers() => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 1);
        _ = hosts[0].Topic;
        await using var late = HostPair.Builder(hosts.Network, 9).Build();
        await late.StartAsync();
        await late.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(2 * Second);
        await using var gossip = new GossipSub(late);
        await run.Wait(2 * Second);

        Assert.Equal(1, gossip.Publish(GossipHosts.Topic, "late"u8.ToArray()));
        await run.Wait(Second);

        Assert.Equal(["late"], hosts[0].Texts);
    });

    [Fact]
    public void After_a_stop_nothing_is_left() => Simulated.Run(async run =>
    {
        var hosts = await GossipHosts.StartAsync(run, 3);
        Join(hosts, 3);
        await hosts.ConnectAsync((0, 1), (1, 2), (2, 0));
        await run.Wait(2 * Second);
        await hosts[0].SayAsync("last");
        await hosts[0].Gossip.DisposeAsync();
        await hosts[0].Gossip.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(() => hosts[0].Gossip.Publish("t", default));

        await hosts.DisposeAsync();

        for (var i = 0; i < 3; i++)
            Assert.True(hosts[i].Host.Resources.System.Used.IsZero);
    });

    private static void Join(GossipHosts hosts, int count)
    {
        for (var i = 0; i < count; i++)
            _ = hosts[i].Topic;
    }
}
