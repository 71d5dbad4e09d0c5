using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>Who is told what there is, who asks for it, and who gets it.</summary>
public sealed class GossipTests
{
    private readonly RouterBench _bench = new();

    [Fact]
    public void Those_outside_of_the_mesh_are_told_for_three_heartbeats_and_served_for_five()
    {
        var peers = _bench.Add(6);
        var outside = peers.Single(peer => !peer.InMesh);
        outside.Prune();
        var message = _bench.Publish();
        _bench.Beat(6);

        Assert.Equal(Enumerable.Repeat(message.Id, 3), outside.ToldOf);
        Assert.All(peers.Where(peer => peer != outside), peer => Assert.Empty(peer.ToldOf));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void What_is_asked_for_is_sent_as_long_as_it_is_kept(int beats, bool served)
    {
        var peer = _bench.Add(subscribes: false);
        var message = _bench.Publish();
        _bench.Beat(beats);
        peer.Say(rpc => rpc.Want.Add(message.Id));

        Assert.Equal(served ? [message] : [], peer.Messages);
    }

    [Theory]
    [InlineData(7, 6)]
    [InlineData(20, 6)]
    [InlineData(40, 10)]
    public void Six_or_a_quarter_of_them_are_told(int outside, int told)
    {
        var bench = new RouterBench();
        foreach (var peer in bench.Add(6))
            peer.Graft();
        var others = bench.Add(outside);
        foreach (var peer in others)
            peer.Prune();
        bench.Publish();
        bench.Beat();

        Assert.Equal(told, others.Count(peer => peer.ToldOf.Any()));
    }

    [Fact]
    public void What_is_not_known_is_asked_for_once_and_what_is_known_is_not()
    {
        var peer = _bench.Add();
        var (known, unknown) = (peer.Write(), new MessageId([1, 2, 3]));
        peer.Send(known);
        peer.Say(rpc => rpc.Have.AddRange([new IHave(RouterBench.Topic, [known.Id, unknown]), new IHave(RouterBench.Topic, [unknown])]));

        Assert.Equal([unknown], peer.Wanted);
    }

    [Fact]
    public void Nothing_is_told_to_nor_taken_from_those_who_are_worth_too_little()
    {
        var peer = _bench.Add();
        var message = _bench.Publish();
        for (var i = 0; i < 3; i++)
            peer.Send(MeshTests.Broken(peer));
        Assert.InRange(_bench.ScoreOf(peer), -500, -101);
        _bench.Beat();
        var before = peer.Sent.Count;
        peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [new MessageId([1])])));
        peer.Say(rpc => rpc.Want.Add(message.Id));

        Assert.Empty(peer.ToldOf);
        Assert.Equal(before, peer.Sent.Count);
    }

    [Fact]
    public void Who_does_not_send_what_it_has_told_of_has_broken_its_word()
    {
        var bench = new RouterBench(options =>
        {
            options.Score.BehaviourThreshold = 0;
            options.Score.BehaviourWeight = -1;
            options.Score.BehaviourDecay = 0.999;
        });
        var (liar, honest) = (bench.Add(), bench.Add());
        liar.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [.. Enumerable.Range(0, 100).Select(i => new MessageId([1, (byte)i]))])));
        var real = honest.Write();
        honest.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [real.Id])));
        bench.Beat(2);
        honest.Send(real);
        bench.Beat();

        // One of the hundred stands for all of them.
        Assert.Equal(-1, bench.Router.Scores.Single(score => score.Peer == liar.Id).Behaviour, 0.01);
        Assert.Equal(0, bench.Router.Scores.Single(score => score.Peer == honest.Id).Behaviour);
    }

    [Fact]
    public void A_word_that_somebody_else_kept_is_not_broken()
    {
        var (told, sent) = (_bench.Add(), _bench.Add());
        var message = sent.Write();
        told.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [message.Id])));
        sent.Send(message);
        _bench.Beat(5);

        Assert.Equal(0, _bench.Router.Scores.Single(score => score.Peer == told.Id).Behaviour);
    }

    [Fact]
    public void A_mesh_that_is_worth_little_takes_in_better_peers_now_and_then()
    {
        var bench = new RouterBench();
        foreach (var peer in bench.Add(6))
            peer.Graft();
        var better = bench.Add(4);
        foreach (var peer in better)
            peer.Send(Enumerable.Range(0, 20).Select(_ => peer.Write()));
        bench.Beat(59);
        Assert.DoesNotContain(better, peer => peer.InMesh);
        bench.Beat();

        Assert.Equal(new GossipMeshOptions().OpportunisticGraftPeers, better.Count(peer => peer.InMesh));
    }
}
