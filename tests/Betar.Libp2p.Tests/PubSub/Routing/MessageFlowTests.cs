using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>What is passed on, to whom, and what happens to what is not.</summary>
public sealed class MessageFlowTests
{
    private readonly RouterBench _bench = new();

    [Fact]
    public void A_message_goes_to_the_mesh_but_not_to_its_author_and_its_senders()
    {
        var peers = _bench.Add(5);
        var message = peers[0].Write();
        peers[1].Send(message);
        peers[2].Send(message);

        Assert.Single(_bench.Delivered);
        Assert.Equal([0, 0, 1, 1, 1], peers.Select(peer => peer.Messages.Count()));
        Assert.Equal(message.Raw.ToArray(), peers[3].Messages.Single().Raw.ToArray());
        Assert.Equal(1, _bench.Router.Meter["duplicate_message"]);
    }

    [Fact]
    public void A_copy_that_comes_while_the_first_is_looked_at_is_not_sent_back()
    {
        _bench.HoldsVerdicts = true;
        var peers = _bench.Add(4);
        var message = peers[0].Write();
        peers[1].Send(message);
        peers[2].Send(message);
        _bench.Router.Judged(_bench.Verdicts.Dequeue(), MessageVerdict.Accept);

        Assert.Equal([0, 0, 0, 1], peers.Select(peer => peer.Messages.Count()));
    }

    [Fact]
    public void Own_messages_are_not_taken_from_others_and_nobody_is_blamed()
    {
        var peer = _bench.Add();
        peer.Send(_bench.Message(_bench.Self));

        Assert.Empty(_bench.Delivered);
        Assert.Equal((1, 0), (_bench.Rejected(RejectReason.SelfOrigin), _bench.ScoreOf(peer)));
    }

    [Fact]
    public void Nor_are_they_asked_for()
    {
        var peer = _bench.Add();
        peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [_bench.Message(_bench.Self).Id])));
        Assert.Empty(peer.Wanted);
    }

    [Fact]
    public void Flood_publishing_sends_own_messages_to_all_whose_score_is_high_enough()
    {
        var bench = new RouterBench(options => options.FloodPublish = true);
        var peers = bench.Add(10);
        for (var i = 0; i < 6; i++)
            peers[9].Send(MeshTests.Broken(peers[9]));
        Assert.InRange(bench.ScoreOf(peers[9]), -1000, -501);

        Assert.Equal(9, bench.Router.Publish(bench.Message(bench.Self)));

        Assert.Empty(peers[9].Messages);
    }

    [Fact]
    public void A_message_of_others_is_never_flooded()
    {
        var bench = new RouterBench(options => options.FloodPublish = true);
        var peers = bench.Add(20);
        peers[19].Send(peers[19].Write());

        Assert.Equal(5, peers.Count(peer => peer.Messages.Any()));
    }

    [Fact]
    public void A_forged_copy_does_not_keep_the_real_one_out()
    {
        _bench.HoldsSignatures = true;
        var peers = _bench.Add(3);
        var real = peers[0].Write();
        var raw = real.Raw.ToArray();
        raw[^1] ^= 1;
        Assert.True(WireMessage.TryRead(raw, 256, out var forged));
        peers[1].Send(forged);
        peers[2].Send(real);
        Assert.Single(_bench.Signatures);

        while (_bench.Signatures.TryDequeue(out var pending))
            _bench.Router.Verified(pending, pending.Message.Verify());

        Assert.Single(_bench.Delivered);
        Assert.Equal(1, _bench.TopicScoreOf(peers[1]).Invalid);
        Assert.Equal(1, _bench.TopicScoreOf(peers[2]).FirstDeliveries);
    }

    [Fact]
    public void A_forgery_is_not_remembered()
    {
        var peers = _bench.Add(2);
        var real = peers[0].Write();
        var raw = real.Raw.ToArray();
        raw[^1] ^= 1;
        Assert.True(WireMessage.TryRead(raw, 256, out var forged));
        peers[1].Send(forged);
        peers[0].Send(real);

        Assert.Single(_bench.Delivered);
    }

    [Theory]
    [InlineData(true, -20, -20)]
    [InlineData(false, -20, 0)]
    public void Who_passes_on_what_is_rejected_is_to_blame_where_all_check(bool peersCheck, double author, double forwarder)
    {
        var bench = new RouterBench(topic: topic => topic.PeersCheck = peersCheck) { Verdict = MessageVerdict.Reject };
        var peers = bench.Add(2);
        peers[0].Send(peers[0].Write());
        peers[1].Send(peers[0].Write());

        Assert.Equal((author, forwarder), (bench.ScoreOf(peers[0]), bench.ScoreOf(peers[1])));
        Assert.Equal(2, bench.Rejected(RejectReason.Failed));
    }

    [Fact]
    public void Who_sends_it_after_it_was_rejected_is_to_blame_too_where_all_check()
    {
        var bench = new RouterBench(topic: topic => topic.PeersCheck = true) { Verdict = MessageVerdict.Reject };
        var peers = bench.Add(2);
        var message = peers[0].Write();
        peers[0].Send(message);
        peers[1].Send(message);

        Assert.Equal(-20, bench.ScoreOf(peers[1]));
    }

    [Fact]
    public void What_is_ignored_is_not_passed_on_and_nobody_is_blamed()
    {
        _bench.Verdict = MessageVerdict.Ignore;
        var peers = _bench.Add(2);
        peers[0].Send(peers[0].Write());

        Assert.Empty(peers[1].Messages);
        Assert.Equal((0, 1), (_bench.ScoreOf(peers[0]), _bench.Rejected(RejectReason.Ignored)));
    }

    [Fact]
    public void Messages_without_a_signature_and_with_fields_of_others_are_the_senders_fault()
    {
        var peers = _bench.Add(2);
        var raw = peers[0].Write().Raw.ToArray();
        peers[0].Say(rpc => rpc.Messages.Add(Read(raw[..^66])));
        peers[1].Say(rpc => rpc.Messages.Add(Read([.. raw, 0x38, 0x01])));

        Assert.Equal((-20, -20), (_bench.ScoreOf(peers[0]), _bench.ScoreOf(peers[1])));
        Assert.Equal((1, 1), (_bench.Rejected(RejectReason.MissingSignature), _bench.Rejected(RejectReason.UnknownField)));
    }

    [Fact]
    public void Messages_of_topics_that_are_not_ours_are_passed_over()
    {
        var peer = _bench.Add();
        peer.Send(peer.Write(topic: "other"));

        Assert.Equal((0, 1), (_bench.Delivered.Count, _bench.Rejected(RejectReason.NotJoined)));
    }

    [Fact]
    public void Who_is_not_listened_to_any_more_is_not_read_at_all()
    {
        var peer = _bench.Add();
        for (var i = 0; i < 8; i++)
            peer.Send(MeshTests.Broken(peer));
        Assert.True(_bench.ScoreOf(peer) < -1000);
        peer.Send(peer.Write());

        Assert.Empty(_bench.Delivered);
        Assert.True(_bench.Router.Meter["throttle_peer"] > 0);
    }

    [Fact]
    public void A_direct_peer_is_always_read_and_always_sent_to()
    {
        var bench = new RouterBench(options => options.DirectPeers = [RouterBench.Key(1).PeerId]);
        var direct = bench.Add();
        for (var i = 0; i < 10; i++)
            direct.Send(MeshTests.Broken(direct));
        direct.Graft();
        direct.Send(direct.Write());
        bench.Publish();

        Assert.Equal((1, 1, false), (bench.Delivered.Count, direct.Messages.Count(), direct.InMesh));
        Assert.Single(direct.Prunes);
    }

    [Fact]
    public void A_direct_peer_that_is_gone_is_dialled()
    {
        var bench = new RouterBench(options => options.DirectPeers = [RouterBench.Key(1).PeerId]);
        bench.Beat(300);
        Assert.Equal([RouterBench.Key(1).PeerId], bench.Dialled);
        bench.Add();
        bench.Beat(300);
        Assert.Single(bench.Dialled);
    }

    [Fact]
    public void What_a_peer_does_not_want_is_not_sent_for_three_heartbeats()
    {
        var peers = _bench.Add(2);
        var message = peers[0].Write();
        var later = peers[0].Write();
        peers[1].Say(rpc => rpc.DontWant.AddRange([message.Id, later.Id]));
        peers[0].Send(message);
        Assert.Empty(peers[1].Messages);

        _bench.Beat(3);
        peers[0].Send(later);

        Assert.Equal([later.Id], peers[1].Messages.Select(sent => sent.Id));
    }

    [Fact]
    public void Of_a_large_message_the_mesh_is_told_before_it_is_judged_and_only_when_the_signature_was_right()
    {
        _bench.HoldsVerdicts = true;
        var peers = _bench.Add(3);
        var old = _bench.Add(version: GossipVersion.V11);
        var (large, small) = (peers[0].Write(1024), peers[0].Write(1023));
        var raw = large.Raw.ToArray();
        raw[^1] ^= 1;
        peers[1].Say(rpc => rpc.Messages.Add(Read(raw)));
        Assert.DoesNotContain(peers[2].Sent, sent => sent.Rpc.DontWant.Count > 0);

        peers[0].Send(large);
        peers[0].Send(small);

        Assert.Equal([large.Id], Told(peers[2]));
        Assert.Empty(Told(peers[0]));
        Assert.Empty(Told(old));
        Assert.True(peers[2].Sent.Single(sent => sent.Rpc.DontWant.Count > 0).Urgent);

        static IEnumerable<MessageId> Told(RouterBench.Peer peer) => peer.Sent.SelectMany(sent => sent.Rpc.DontWant);
    }

    [Fact]
    public void What_was_published_without_a_part_goes_to_the_same_peers_until_it_is_forgotten()
    {
        var bench = new RouterBench(join: false);
        var peers = bench.Add(20);
        bench.Publish();
        var first = peers.Where(peer => peer.Messages.Any()).ToList();
        bench.Beat(10);
        bench.Publish();
        Assert.All(first, peer => Assert.Equal(2, peer.Messages.Count()));

        first[0].Leave();
        bench.Beat(2);
        bench.Publish();
        Assert.Equal(6 + 6 + 6, peers.Sum(peer => peer.Messages.Count()));

        bench.Beat(70);
        bench.Publish();
        Assert.NotEqual(first.Skip(1).ToHashSet(), peers.Where(peer => peer.Messages.Count() == 4).ToHashSet());
    }

    [Fact]
    public void The_topics_of_a_peer_are_told_of_and_forgotten_with_it()
    {
        var peer = _bench.Add();
        peer.Say(rpc => rpc.Subscriptions.Add(new SubscriptionChange(true, RouterBench.Topic)));
        Assert.Equal([peer.Id], _bench.Router.PeersOf(RouterBench.Topic));
        peer.Leave();
        peer.Leave();

        Assert.Empty(_bench.Router.PeersOf(RouterBench.Topic));
        Assert.Empty(_bench.Router.MeshOf(RouterBench.Topic));
        Assert.Equal([(RouterBench.Topic, peer.Id, true), (RouterBench.Topic, peer.Id, false)], _bench.Changes);
    }

    [Fact]
    public void A_new_peer_is_told_our_topics_first()
    {
        _bench.Router.Join("u", new TopicOptions());
        var peer = _bench.Add(subscribes: false);

        Assert.Equal([new(true, RouterBench.Topic), new(true, "u")], peer.Sent.First().Rpc.Subscriptions);
    }

    private static WireMessage Read(byte[] raw)
    {
        Assert.True(WireMessage.TryRead(raw, 256, out var message));
        return message;
    }
}
