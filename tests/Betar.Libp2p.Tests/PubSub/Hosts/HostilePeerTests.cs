using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.Scheduling;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Hosts;

/// <summary>A peer that speaks the protocol by hand, and wrongly.</summary>
public sealed class HostilePeerTests
{
    private const string Protocol = "/meshsub/1.1.0";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Our_stream_begins_with_our_topics_and_theirs_is_never_written_on() => Run(async (run, hosts, stranger) =>
    {
        var heard = new MemoryStream();
        using var serving = stranger.Handle(Protocol, async (stream, cancel) =>
        {
            var buffer = new byte[1000];
            while (await stream.ReadAsync(buffer, cancel) is > 0 and var read)
                heard.Write(buffer, 0, read);
        });
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(2 * Second);
        await using var theirs = await stranger.OpenStreamAsync(hosts[0].Host.PeerId, Protocol);
        await theirs.WriteAsync(Convert.FromHexString("070a050801120174"));
        var back = theirs.ReadAsync(new byte[1]).AsTask();
        await run.Wait(30 * Second);

        Assert.StartsWith("070a050801120174", Convert.ToHexStringLower(heard.ToArray()), StringComparison.Ordinal);
        Assert.Equal([stranger.PeerId], hosts[0].Topic.Peers);
        Assert.False(back.IsCompleted);
    });

    [Theory]
    [InlineData("80", false)]
    [InlineData("0112", true)]
    [InlineData("ffffffffffffffffff7f", true)]
    [InlineData("8080c000", true)]
    public void What_is_no_frame_ends_the_stream_and_is_remembered(string hex, bool blamed) => Run(async (run, hosts, stranger) =>
    {
        await using var theirs = await SpeakAsync(run, hosts, stranger);
        await theirs.WriteAsync(Convert.FromHexString(hex));
        if (!blamed)
            return;
        await run.Wait(Second);

        await Assert.ThrowsAsync<Libp2pException>(async () => await theirs.ReadFullyAsync(new byte[1]));
        Assert.True(hosts[0].Gossip.Scores.Single().Behaviour < 0);
    }, options => (options.Score.BehaviourThreshold, options.Score.BehaviourWeight) = (0, -1));

    [Fact]
    [Hits(GossipCap.RpcBytes)]
    public void A_frame_of_more_than_a_mebibyte_is_refused_before_it_comes() => Run(async (run, hosts, stranger) =>
    {
        await using var theirs = await SpeakAsync(run, hosts, stranger);
        await theirs.WriteAsync(Convert.FromHexString("818040"));
        await run.Wait(Second);

        Assert.Equal(1, hosts[0].Gossip.LimitHits[GossipCap.RpcBytes]);
    });

    [Fact]
    [Hits(GossipCap.LinkTimeout)]
    public void A_frame_that_does_not_end_ends_the_stream() => Run(async (run, hosts, stranger) =>
    {
        await using var theirs = await SpeakAsync(run, hosts, stranger);
        await theirs.WriteAsync(Convert.FromHexString("070a"));
        await run.Wait(29 * Second);
        Assert.False(hosts[0].Gossip.LimitHits.ContainsKey(GossipCap.LinkTimeout));
        await run.Wait(2 * Second);

        Assert.Equal(1, hosts[0].Gossip.LimitHits[GossipCap.LinkTimeout]);
    });

    [Fact]
    public void Who_speaks_and_does_not_listen_is_not_listened_to() => Run(async (run, hosts, stranger) =>
    {
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await using var theirs = await stranger.OpenStreamAsync(hosts[0].Host.PeerId, Protocol);
        await theirs.WriteAsync(Convert.FromHexString("070a050801120174"));
        await run.Wait(30 * Second);

        await Assert.ThrowsAsync<Libp2pException>(async () => await theirs.ReadFullyAsync(new byte[1]));
        Assert.Empty(hosts[0].Topic.Peers);
    });

    [Fact]
    public void A_second_stream_replaces_the_first() => Run(async (run, hosts, stranger) =>
    {
        await using var first = await SpeakAsync(run, hosts, stranger);
        await first.WriteAsync(Convert.FromHexString("070a050801120174"));
        await run.Wait(Second);
        await using var second = await stranger.OpenStreamAsync(hosts[0].Host.PeerId, Protocol);
        await second.WriteAsync(Convert.FromHexString("070a050800120174"));
        await run.Wait(Second);

        await Assert.ThrowsAsync<Libp2pException>(async () => await first.ReadFullyAsync(new byte[1]));
        Assert.Empty(hosts[0].Topic.Peers);
    });

    [Fact]
    public void Who_writes_on_our_stream_is_left_and_met_again() => Run(async (run, hosts, stranger) =>
    {
        var streams = 0;
        using var serving = stranger.Handle(Protocol, async (stream, cancel) =>
        {
            if (streams++ == 0)
                await stream.WriteAsync(new byte[1], cancel);
            await SilentAsync(stream, cancel);
        });
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(10 * Second);

        Assert.Equal((2, 2, 1), (streams, hosts[0].Gossip.Counts["add_peer"], hosts[0].Gossip.Counts["remove_peer"]));
    });

    [Fact]
    public void Who_ends_its_side_of_our_stream_is_left_and_met_again() => Run(async (run, hosts, stranger) =>
    {
        var streams = 0;
        using var serving = stranger.Handle(Protocol, async (stream, cancel) =>
        {
            if (streams++ == 0)
                await stream.CloseWriteAsync(cancel);
            await SilentAsync(stream, cancel);
        });
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(10 * Second);

        Assert.Equal((2, 2, 1), (streams, hosts[0].Gossip.Counts["add_peer"], hosts[0].Gossip.Counts["remove_peer"]));
    });

    [Fact]
    public void Who_breaks_our_stream_again_and_again_is_left_alone() => Run(async (run, hosts, stranger) =>
    {
        var streams = 0;
        using var serving = stranger.Handle(Protocol, (stream, _) =>
        {
            streams++;
            stream.Reset();
            return Task.CompletedTask;
        });
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(120 * Second);

        // Once more, because what the peer says of itself came while the first was open.
        Assert.Equal(new GossipLimitOptions().LinkAttempts + 1, streams);
    });

    /// <summary>The stranger listens, and has a stream on which it can say what it likes.</summary>
    private static async Task<Libp2pStream> SpeakAsync(Simulated run, GossipHosts hosts, Libp2pHost stranger)
    {
        stranger.Handle(Protocol, SilentAsync);
        await stranger.ConnectAsync(hosts[0].Host.Addresses[0]);
        await run.Wait(2 * Second);
        return await stranger.OpenStreamAsync(hosts[0].Host.PeerId, Protocol);
    }

    private static async Task SilentAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        stream.IdleTimeout = Timeout.InfiniteTimeSpan;
        while (await stream.ReadAsync(new byte[1000], cancellationToken) > 0)
        {
            // It only listens.
        }
    }

    private static void Run(Func<Simulated, GossipHosts, Libp2pHost, Task> test, Action<GossipOptions>? configure = null) => Simulated.Run(async run =>
    {
        await using var hosts = await GossipHosts.StartAsync(run, 1, configure);
        _ = hosts[0].Topic;
        await using var stranger = HostPair.Builder(hosts.Network, 99).Configure(options => options.DrainTimeout = TimeSpan.FromMilliseconds(1)).Build();
        await stranger.StartAsync();
        await test(run, hosts, stranger);
    });
}
