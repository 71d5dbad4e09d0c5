using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange.Wire;
using Betar.Blocks.Tests.Support;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Blocks.Tests.Exchange;

/// <summary>Who is asked, and when.</summary>
public sealed class AskingTests
{
    private static readonly Block Some = Make.Block(1);

    [Fact]
    public void Those_that_probably_have_it_are_asked_first_and_the_others_after_a_while() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 3);
        var fetch = scene.One.FetchAsync(Some, scene.Peers[1].Id);

        await run.Wait(TimeSpan.FromMilliseconds(800));
        Assert.Equal(WantType.Block, Assert.Single(scene.Peers[1].Wants).Type);
        Assert.Empty(scene.Peers[0].Received);
        Assert.Empty(scene.Peers[2].Received);

        await run.Wait(TimeSpan.FromMilliseconds(700));
        Assert.Equal(new WantEntry(Some.Cid, WantType.Have), Assert.Single(scene.Peers[0].Wants));
        Assert.Equal(WantType.Have, Assert.Single(scene.Peers[2].Wants).Type);
        await scene.Peers[1].SendAsync(scene.One.Id, Some);
        Assert.NotNull(await fetch);
    });

    [Fact]
    public void When_those_have_it_not_the_others_are_asked_at_once() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2);
        var (first, second) = (scene.Peers[0], scene.Peers[1]);
        first.OnMessage = (from, _) => first.SendAsync(from, new BitswapMessage { Presences = [new BlockPresence(Some.Cid, false)] });
        _ = scene.One.FetchAsync(Some, first.Id);

        await run.Wait(TimeSpan.FromMilliseconds(300));

        Assert.Equal(WantType.Block, Assert.Single(second.Wants).Type);
    });

    [Fact]
    public void Without_any_idea_one_is_asked_for_it_and_the_others_whether_they_have_it() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 3);
        _ = scene.One.FetchAsync(Some);

        await run.Wait(TimeSpan.FromMilliseconds(300));

        Assert.Equal([WantType.Block, WantType.Have, WantType.Have], scene.Peers.Select(peer => Assert.Single(peer.Wants).Type).Order());
    });

    [Fact]
    public void Of_those_that_have_it_one_is_asked_for_it_and_all_are_told_when_it_is_here() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 4);
        var silent = scene.Peers[0];
        foreach (var peer in scene.Peers.Skip(1))
            peer.OnMessage = (from, message) => message.Wants.Any(want => want.Type == WantType.Have)
                ? peer.SendAsync(from, new BitswapMessage { Presences = [new BlockPresence(Some.Cid, true)] })
                : Task.CompletedTask;
        var fetch = scene.One.FetchAsync(Some, silent.Id);

        await run.Wait(TimeSpan.FromSeconds(5.5));
        var chosen = Assert.Single(scene.Peers.Skip(1), peer => peer.Wants.Any(want => want.Type == WantType.Block));
        await chosen.SendAsync(scene.One.Id, Some);

        Assert.NotNull(await fetch);
        await run.Wait(TimeSpan.FromMilliseconds(200));
        Assert.All(scene.Peers.Where(peer => peer != chosen), peer => Assert.Equal(Some.Cid, Assert.Single(peer.Cancels).Cid));
        Assert.Empty(chosen.Cancels);
    });

    [Fact]
    public void A_peer_that_comes_later_is_asked_too() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        _ = scene.One.FetchAsync(Some);
        await run.Wait(TimeSpan.FromMilliseconds(500));
        await using var late = await RawPeer.StartAsync(run, scene.Network, 99);

        await scene.One.ConnectAsync(late.Host);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal(WantType.Have, Assert.Single(late.Wants).Type);
    });

    [Fact]
    public void With_nobody_there_the_first_that_comes_is_asked_for_the_block() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 0);
        var fetch = scene.One.FetchAsync(Some);
        await run.Wait(TimeSpan.FromSeconds(3));
        await using var late = await Node.StartAsync(run, scene.Network, 99);
        await late.PutAsync(Some);

        await scene.One.ConnectAsync(late.Host);

        Assert.NotNull(await fetch);
    });

    [Fact]
    public void Wants_are_sent_again_every_half_minute() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        scene.Peers[0].OnMessage = (from, _) => scene.Peers[0].SendAsync(from, new BitswapMessage { Presences = [new BlockPresence(Some.Cid, false)] });
        _ = scene.One.FetchAsync(Some, scene.Peers[0].Id);

        await run.Wait(TimeSpan.FromSeconds(29));
        Assert.Single(scene.Peers[0].Wants);
        await run.Wait(TimeSpan.FromSeconds(2));
        Assert.Equal(2, scene.Peers[0].Wants.Count());
        await run.Wait(TimeSpan.FromSeconds(30));
        Assert.Equal(3, scene.Peers[0].Wants.Count());
    });

    [Fact]
    public void A_peer_that_does_not_answer_is_left_alone_longer_each_time() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1, options => (options.ResendInterval, options.FetchTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        var silent = scene.Peers[0];
        _ = scene.One.FetchAsync(Some, silent.Id);

        await run.Wait(TimeSpan.FromSeconds(5.5));
        Assert.Equal((1, 1), (scene.One.Of(silent.Id).Failures, scene.One.Hits(BlocksLimit.BlockTimeout)));
        Assert.InRange(scene.One.Of(silent.Id).BackoffUntil!.Value - run.Time.GetUtcNow(), TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1));
        await run.Wait(TimeSpan.FromMinutes(30));

        var failures = scene.One.Of(silent.Id).Failures;
        // 1 + 2 + 4 … 64 s and then 120 s each time, besides the 5 s in which it is waited for.
        Assert.InRange(failures, 15, 25);
        Assert.InRange(silent.Wants.Count(), failures, failures + 1);
    });

    [Fact]
    public void Who_delivers_is_trusted_again() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var slow = scene.Peers[0];
        var fetch = scene.One.FetchAsync(Some, slow.Id);
        await run.Wait(TimeSpan.FromSeconds(5.5));
        Assert.NotNull(scene.One.Of(slow.Id).BackoffUntil);

        await slow.SendAsync(scene.One.Id, Some);

        Assert.NotNull(await fetch);
        Assert.Equal((0, null), (scene.One.Of(slow.Id).Failures, scene.One.Of(slow.Id).BackoffUntil));
    });

    [Fact]
    public void A_peer_that_is_busy_sending_what_is_wanted_is_not_silent() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        var slow = scene.Peers[0];
        var blocks = Make.Blocks(10);
        var fetches = blocks.Select(block => scene.One.FetchAsync(block, slow.Id)).ToList();
        foreach (var block in blocks)
        {
            await run.Wait(TimeSpan.FromSeconds(2));
            await slow.SendAsync(scene.One.Id, block);
        }

        Assert.All(await Task.WhenAll(fetches), Assert.NotNull);
        Assert.Equal(0, scene.One.Hits(BlocksLimit.BlockTimeout));
    });

    [Fact]
    public void Only_so_many_strangers_are_asked_for_one_block() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 6, options => options.MaxBroadcastPeers = 4);
        _ = scene.One.FetchAsync(Some);
        await run.Wait(TimeSpan.FromSeconds(4));
        Assert.Equal(4, scene.Peers.Count(peer => peer.Wants.Any()));
    });

    [Fact]
    public void Peers_that_do_not_speak_it_are_not_asked() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 1);
        await using var other = await RawPeer.StartAsync(run, scene.Network, 50, []);
        await scene.One.ConnectAsync(other.Host);
        await run.Wait(TimeSpan.FromMilliseconds(500));

        _ = scene.One.FetchAsync(Some, other.Id);
        await run.Wait(TimeSpan.FromMilliseconds(100));

        // Not waited for either: the next one is asked at once.
        Assert.Single(scene.Peers[0].Wants);
        Assert.Equal(0, scene.One.Of(other.Id).Failures);
    });

    [Fact]
    public void When_the_peer_that_was_asked_goes_another_is_asked() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 2);
        _ = scene.One.FetchAsync(Some, scene.Peers[0].Id);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        await scene.One.Host.DisconnectAsync(scene.Peers[0].Id);
        await run.Wait(TimeSpan.FromMilliseconds(200));

        Assert.Equal(WantType.Block, Assert.Single(scene.Peers[1].Wants).Type);
        Assert.DoesNotContain(scene.One.Exchange.Peers, peer => peer.Peer == scene.Peers[0].Id);
    });

    [Fact]
    public void In_a_session_who_sent_one_block_is_asked_first_for_the_next() => Simulated.Run(async run =>
    {
        await using var scene = await Scene.StartAsync(run, 5);
        var useful = scene.Peers[3];
        var blocks = Make.Blocks(2);
        var session = scene.One.Exchange.CreateSession();
        var first = session.FetchAsync(blocks[0].Cid, [useful.Id], default).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(100));
        await useful.SendAsync(scene.One.Id, blocks[0]);
        Assert.NotNull(await first);

        _ = session.FetchAsync(blocks[1].Cid, [], default).AsTask();
        await run.Wait(TimeSpan.FromMilliseconds(300));

        Assert.Equal(2, useful.Wants.Count());
        Assert.All(scene.Peers.Where(peer => peer != useful), peer => Assert.Empty(peer.Received));
    });
}
