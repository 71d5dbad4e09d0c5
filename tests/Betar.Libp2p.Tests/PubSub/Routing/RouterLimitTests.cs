using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>Each limit of the router, one too many.</summary>
public sealed class RouterLimitTests
{
    [Fact]
    [Hits(GossipCap.Topics)]
    public void Topics_of_a_peer()
    {
        var bench = new RouterBench(options => options.Limits.TopicsPerPeer = 3);
        var peer = bench.Add(subscribes: false);
        peer.Say(rpc => rpc.Subscriptions.AddRange(Enumerable.Range(0, 4).Select(i => new SubscriptionChange(true, "other" + i))));
        Assert.Equal((1, 1, 0), (bench.Hits(GossipCap.Topics), bench.Router.PeersOf("other2").Count, bench.Router.PeersOf("other3").Count));

        // Ours is always remembered.
        peer.Say(rpc => rpc.Subscriptions.Add(new SubscriptionChange(true, RouterBench.Topic)));
        Assert.Single(bench.Router.PeersOf(RouterBench.Topic));
    }

    [Fact]
    public void Topics_that_the_filter_does_not_let_through()
    {
        var bench = new RouterBench(options => options.TopicFilter = topic => topic == "wanted");
        var peer = bench.Add();
        peer.Say(rpc => rpc.Subscriptions.AddRange([new SubscriptionChange(true, "wanted"), new SubscriptionChange(true, "unwanted")]));

        Assert.Equal((1, 0, 1), (bench.Router.PeersOf("wanted").Count, bench.Router.PeersOf("unwanted").Count, bench.Router.PeersOf(RouterBench.Topic).Count));
    }

    [Fact]
    [Hits(GossipCap.SeenMessages)]
    public void Names_of_messages()
    {
        var bench = new RouterBench(options => options.Limits.SeenMessages = 2);
        var peers = bench.Add(2);
        var messages = Enumerable.Range(0, 3).Select(_ => peers[0].Write()).ToList();
        peers[0].Send(messages);
        peers[1].Send(messages[1], messages[2]);
        Assert.Equal((3, 1), (bench.Delivered.Count, bench.Hits(GossipCap.SeenMessages)));

        peers[1].Send(messages[0]);
        Assert.Equal(4, bench.Delivered.Count);
    }

    [Theory]
    [InlineData(119, 1)]
    [InlineData(121, 2)]
    public void Names_are_remembered_for_their_time(int beats, int delivered)
    {
        var bench = new RouterBench();
        var peer = bench.Add();
        var message = peer.Write();
        peer.Send(message);
        bench.Beat(beats);
        peer.Send(message);

        Assert.Equal(delivered, bench.Delivered.Count);
    }

    [Fact]
    [Hits(GossipCap.CacheBytes)]
    public void Bytes_that_are_kept()
    {
        var bench = new RouterBench(options => options.Limits.CacheBytes = 2500);
        var (old, kept, last) = (bench.Publish(1000), bench.Publish(1000), bench.Publish(1000));
        var peer = bench.Add(subscribes: false);
        peer.Say(rpc => rpc.Want.AddRange([old.Id, kept.Id, last.Id]));

        Assert.Equal([kept, last], peer.Messages);
        Assert.Equal(1, bench.Hits(GossipCap.CacheBytes));
    }

    [Fact]
    [Hits(GossipCap.PendingPerPeer)]
    public void Signatures_of_one_peer_that_wait()
    {
        var bench = new RouterBench(options => options.Limits.PendingPerPeer = 2) { HoldsSignatures = true };
        var (greedy, other) = (bench.Add(), bench.Add());
        greedy.Send(Enumerable.Range(0, 5).Select(_ => greedy.Write()));
        other.Send(other.Write());
        Assert.Equal((3, 3, 3), (bench.Signatures.Count, bench.Hits(GossipCap.PendingPerPeer), bench.Rejected(RejectReason.QueueFull)));

        while (bench.Signatures.TryDequeue(out var pending))
            bench.Router.Verified(pending, true);
        greedy.Send(greedy.Write());
        Assert.Single(bench.Signatures);
    }

    [Fact]
    public void Copies_count_for_those_who_send_them()
    {
        var bench = new RouterBench(options => options.Limits.PendingPerPeer = 1) { HoldsSignatures = true };
        var (first, second) = (bench.Add(), bench.Add());
        var message = first.Write();
        first.Send(message);
        second.Send(message);
        second.Send(second.Write());
        Assert.Equal(1, bench.Hits(GossipCap.PendingPerPeer));

        bench.Router.Verified(bench.Signatures.Dequeue(), true);
        second.Send(second.Write());
        Assert.Single(bench.Signatures);
    }

    [Fact]
    [Hits(GossipCap.PendingSignatures)]
    public void Signatures_of_all_that_wait()
    {
        var bench = new RouterBench(options => options.Limits.PendingSignatures = 3) { HoldsSignatures = true };
        foreach (var peer in bench.Add(4))
            peer.Send(peer.Write());

        Assert.Equal((3, 1), (bench.Signatures.Count, bench.Hits(GossipCap.PendingSignatures)));
    }

    [Fact]
    [Hits(GossipCap.TopicValidations)]
    public void Messages_of_a_topic_that_are_looked_at()
    {
        var bench = new RouterBench(topic: topic => topic.MaxValidations = 2) { HoldsVerdicts = true };
        var peer = bench.Add();
        peer.Send(Enumerable.Range(0, 3).Select(_ => peer.Write()));
        Assert.Equal((2, 1, 1), (bench.Verdicts.Count, bench.Hits(GossipCap.TopicValidations), bench.Rejected(RejectReason.Throttled)));
        Assert.Equal(0, bench.ScoreOf(peer));

        bench.Router.Judged(bench.Verdicts.Dequeue(), MessageVerdict.Accept);
        peer.Send(peer.Write());
        Assert.Equal(3, bench.Delivered.Count);
    }

    [Fact]
    [Hits(GossipCap.Validations)]
    public void Messages_of_all_topics_that_are_looked_at()
    {
        var bench = new RouterBench(options => options.Limits.Validations = 2) { HoldsVerdicts = true };
        bench.Router.Join("u", new TopicOptions());
        var peer = bench.Add();
        peer.Send(peer.Write(), peer.Write(topic: "u"), peer.Write());

        Assert.Equal((2, 1), (bench.Verdicts.Count, bench.Hits(GossipCap.Validations)));
    }

    [Fact]
    [Hits(GossipCap.Have)]
    public void Offers_between_two_heartbeats()
    {
        var bench = new RouterBench(options => options.Limits.HavePerHeartbeat = 2);
        var peer = bench.Add();
        for (byte i = 0; i < 3; i++)
            peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [new MessageId([i])])));
        Assert.Equal((2, 1), (peer.Wanted.Count(), bench.Hits(GossipCap.Have)));

        bench.Beat();
        peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [new MessageId([9])])));
        Assert.Equal(3, peer.Wanted.Count());
    }

    [Fact]
    [Hits(GossipCap.HaveIds)]
    public void Messages_that_are_asked_for_between_two_heartbeats()
    {
        var bench = new RouterBench(options => options.Limits.IdsPerHeartbeat = 5);
        var peer = bench.Add();
        peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [.. Enumerable.Range(0, 9).Select(i => new MessageId([(byte)i]))])));
        peer.Say(rpc => rpc.Have.Add(new IHave(RouterBench.Topic, [new MessageId([99])])));

        Assert.Equal((5, 2), (peer.Wanted.Count(), bench.Hits(GossipCap.HaveIds)));
    }

    [Fact]
    [Hits(GossipCap.Want)]
    public void Messages_that_are_sent_on_request_between_two_heartbeats()
    {
        var bench = new RouterBench(options => options.Limits.WantPerHeartbeat = 2);
        var ids = Enumerable.Range(0, 3).Select(_ => bench.Publish().Id).ToList();
        var peer = bench.Add(subscribes: false);
        peer.Say(rpc => rpc.Want.AddRange(ids));

        Assert.Equal((2, 1), (peer.Messages.Count(), bench.Hits(GossipCap.Want)));
    }

    [Fact]
    [Hits(GossipCap.Retransmissions)]
    public void Times_that_one_message_is_sent_to_one_peer_on_request()
    {
        var bench = new RouterBench();
        var id = bench.Publish().Id;
        var (greedy, other) = (bench.Add(subscribes: false), bench.Add(subscribes: false));
        for (var i = 0; i < 5; i++)
            greedy.Say(rpc => rpc.Want.AddRange([id, id]));
        other.Say(rpc => rpc.Want.Add(id));

        Assert.Equal((3, 1, 2), (greedy.Messages.Count(), other.Messages.Count(), bench.Hits(GossipCap.Retransmissions)));
    }

    [Fact]
    [Hits(GossipCap.DontWant, GossipCap.DontWantIds)]
    public void What_a_peer_does_not_want()
    {
        var bench = new RouterBench(options => (options.Limits.DontWantPerHeartbeat, options.Limits.DontWantIds) = (1, 2));
        var (author, peer) = (bench.Add(), bench.Add());
        var messages = Enumerable.Range(0, 4).Select(_ => author.Write()).ToList();
        peer.Say(rpc => rpc.DontWant.AddRange(messages.Take(3).Select(message => message.Id)));
        peer.Say(rpc => rpc.DontWant.Add(messages[3].Id));
        author.Send(messages);

        Assert.Equal([messages[2].Id, messages[3].Id], peer.Messages.Select(message => message.Id));
        Assert.Equal((1, 1), (bench.Hits(GossipCap.DontWant), bench.Hits(GossipCap.DontWantIds)));
    }

    [Fact]
    [Hits(GossipCap.Backoffs)]
    public void Peers_that_are_waited_for()
    {
        var bench = new RouterBench(options => options.Limits.Backoffs = 2);
        var peers = bench.Add(3);
        foreach (var peer in peers)
        {
            peer.Prune();
            bench.Pass(1);
        }

        Assert.Equal(1, bench.Hits(GossipCap.Backoffs));
        bench.Beat();
        Assert.Equal([true, false, false], peers.Select(peer => peer.InMesh));
    }

    [Fact]
    [Hits(GossipCap.AuthorRate)]
    public void Messages_of_one_author()
    {
        var bench = new RouterBench(topic: topic => (topic.AuthorPerSecond, topic.AuthorBurst) = (1, 2));
        var (author, forwarder) = (bench.Add(), bench.Add());
        author.Send(author.Write(), author.Write(), author.Write());
        forwarder.Send(author.Write());
        Assert.Equal((2, 2, 2), (bench.Delivered.Count, bench.Hits(GossipCap.AuthorRate), bench.Rejected(RejectReason.AuthorRate)));
        // Who passes it on cannot know what we have taken from others.
        Assert.Equal((-1, 0), (bench.Router.Scores.Single(score => score.Peer == author.Id).Application, bench.ScoreOf(forwarder)));

        bench.Pass(1);
        author.Send(author.Write());
        Assert.Equal(3, bench.Delivered.Count);
    }

    [Fact]
    [Hits(GossipCap.Authors)]
    public void Authors_whose_rate_is_known()
    {
        var bench = new RouterBench(options => options.Limits.RememberedAuthors = 1, topic => (topic.AuthorPerSecond, topic.AuthorBurst) = (1, 1));
        var (one, two) = (bench.Add(), bench.Add());
        one.Send(one.Write());
        two.Send(two.Write());
        one.Send(one.Write());

        Assert.Equal((3, 2), (bench.Delivered.Count, bench.Hits(GossipCap.Authors)));
    }

    [Fact]
    [Hits(GossipCap.RetainedScores)]
    public void Scores_of_peers_that_are_gone()
    {
        var bench = new RouterBench(options => options.Limits.RetainedScores = 1);
        var peers = bench.Add(2);
        foreach (var peer in peers)
        {
            peer.Send(MeshTests.Broken(peer));
            peer.Leave();
            bench.Pass(1);
        }

        Assert.Equal([peers[1].Id], bench.Router.Scores.Select(score => score.Peer));
        Assert.Equal(1, bench.Hits(GossipCap.RetainedScores));
    }

    [Fact]
    [Hits(GossipCap.MessageBytes)]
    public void Bytes_of_a_message()
    {
        var bench = new RouterBench(topic: topic => topic.MaxMessageBytes = 100);
        var (author, forwarder) = (bench.Add(), bench.Add());
        author.Send(author.Write(100));
        forwarder.Send(author.Write(101));
        Assert.Equal((1, 1, 0), (bench.Delivered.Count, bench.Hits(GossipCap.MessageBytes), bench.ScoreOf(forwarder)));

        author.Send(author.Write(101));
        Assert.True(bench.ScoreOf(author) < 0);
    }

    [Fact]
    [Hits(GossipCap.RpcEntries)]
    public void Entries_that_were_left_out_of_a_frame_are_counted()
    {
        var bench = new RouterBench();
        bench.Add().Say(rpc => rpc.Left = 1);
        Assert.Equal(1, bench.Hits(GossipCap.RpcEntries));
    }
}
