using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Scoring;
using Betar.Libp2p.Tests.PubSub.Routing;

namespace Betar.Libp2p.Tests.PubSub.Scoring;

/// <summary>Each part of a score by itself, with weights that show it and nothing else.</summary>
public sealed class ScoreTests
{
    [Fact]
    public void P1_time_in_the_mesh_counts_up_to_its_cap()
    {
        var bench = Only(topic => (topic.TimeInMeshWeight, topic.TimeInMeshQuantum, topic.TimeInMeshCap) = (2, TimeSpan.FromSeconds(5), 3));
        var peer = bench.Add();
        bench.Beat(4);
        Assert.Equal(0, bench.ScoreOf(peer));
        bench.Beat(6);
        Assert.Equal(4, bench.ScoreOf(peer));
        bench.Beat(100);
        Assert.Equal(6, bench.ScoreOf(peer));
        peer.Prune();
        Assert.Equal(0, bench.ScoreOf(peer));
    }

    [Fact]
    public void P2_first_deliveries_count_up_to_their_cap_and_decay()
    {
        var bench = Only(topic => (topic.FirstDeliveriesWeight, topic.FirstDeliveriesCap, topic.FirstDeliveriesDecay) = (3, 4, 0.5));
        var (first, second) = (bench.Add(), bench.Add());
        var messages = Enumerable.Range(0, 6).Select(_ => first.Write()).ToList();
        first.Send(messages[..2]);
        second.Send(messages[..2]);
        Assert.Equal((6, 0), (bench.ScoreOf(first), bench.ScoreOf(second)));
        first.Send(messages);
        Assert.Equal(12, bench.ScoreOf(first));
        bench.Beat();
        Assert.Equal(6, bench.ScoreOf(first));
        bench.Beat(9);
        Assert.Equal(0, bench.ScoreOf(first));
    }

    [Fact]
    public void P3_who_delivers_less_than_expected_loses_the_square_of_it_after_a_while()
    {
        var stats = new TopicStats(new TopicScoreOptions
        {
            TimeInMeshWeight = 0, FirstDeliveriesWeight = 0, MeshDeliveriesWeight = -1, MeshDeliveriesThreshold = 4, MeshDeliveriesDecay = 0.999,
            MeshDeliveriesCap = 6, MeshDeliveriesActivation = TimeSpan.FromSeconds(10), MeshDeliveriesWindow = TimeSpan.FromMilliseconds(100),
        });
        stats.Graft(TimeSpan.Zero);
        stats.Decay(TimeSpan.FromSeconds(10), 0.01);
        Assert.Equal(0, stats.Score);
        stats.Decay(TimeSpan.FromSeconds(11), 0.01);
        Assert.Equal(-16, stats.Score);

        stats.DeliverFirst();
        stats.DeliverAgain(TimeSpan.FromMilliseconds(100));
        stats.DeliverAgain(TimeSpan.FromMilliseconds(101));
        Assert.Equal(-4, stats.Score);
        for (var i = 0; i < 20; i++)
            stats.DeliverFirst();
        Assert.Equal((0, 6), (stats.Score, stats.InMeshDeliveries));
    }

    [Fact]
    public void P3_puts_a_silent_peer_out_of_the_mesh()
    {
        var bench = Only(topic =>
        {
            topic.MeshDeliveriesWeight = -1;
            topic.MeshDeliveriesActivation = TimeSpan.FromSeconds(10);
        });
        var peer = bench.Add();
        bench.Beat(10);
        Assert.True(peer.InMesh);
        bench.Beat();
        Assert.False(peer.InMesh);
    }

    [Fact]
    public void P3_a_copy_within_the_window_counts_once()
    {
        var bench = Only(topic => (topic.MeshDeliveriesWeight, topic.MeshDeliveriesDecay) = (-1, 0.999));
        var (first, second) = (bench.Add(), bench.Add());
        var message = first.Write();
        first.Send(message);
        second.Send(message);
        second.Send(message);
        Assert.Equal(1, bench.TopicScoreOf(second).MeshDeliveries);
    }

    [Fact]
    public void P3b_what_was_missing_stays_when_the_peer_leaves_the_mesh()
    {
        var bench = Only(topic =>
        {
            (topic.MeshFailureWeight, topic.MeshDeliveriesThreshold, topic.MeshFailureDecay) = (-2, 3, 0.5);
            topic.MeshDeliveriesActivation = TimeSpan.FromSeconds(5);
        });
        var peer = bench.Add();
        bench.Beat(6);
        Assert.Equal(0, bench.ScoreOf(peer));
        peer.Prune();
        Assert.Equal(-18, bench.ScoreOf(peer));
        bench.Beat();
        Assert.Equal(-9, bench.ScoreOf(peer));
    }

    [Fact]
    public void P4_what_was_refused_counts_squared_and_is_forgotten_slowly()
    {
        var bench = Only(topic => (topic.InvalidWeight, topic.InvalidDecay) = (-5, 0.5));
        var peer = bench.Add();
        for (var i = 0; i < 4; i++)
            peer.Send(MeshTests.Broken(peer));
        Assert.Equal(-80, bench.ScoreOf(peer));
        bench.Beat();
        Assert.Equal(-20, bench.ScoreOf(peer));
    }

    [Fact]
    public void P5_is_what_the_application_says()
    {
        var bench = new RouterBench(options =>
        {
            options.Score.Application = peer => peer == RouterBench.Key(1).PeerId ? 7 : 0;
            options.Score.ApplicationWeight = 2;
        });
        Assert.Equal((14, 0), (bench.ScoreOf(bench.Add()), bench.ScoreOf(bench.Add())));
    }

    [Fact]
    public void P6_peers_behind_one_address_count_squared_beyond_the_threshold()
    {
        var bench = new RouterBench(options => options.Score.ColocationThreshold = 2);
        var peers = Enumerable.Range(0, 4).Select(_ => bench.Add(address: "203.0.113.1")).ToList();
        var other = bench.Add(address: "203.0.113.2");
        Assert.All(peers, peer => Assert.Equal(-40, bench.ScoreOf(peer)));
        Assert.Equal(0, bench.ScoreOf(other));

        // Who goes still counts, for as long as its score is kept: coming anew under other names helps nobody.
        peers[0].Leave();
        Assert.Equal(-40, bench.ScoreOf(peers[1]));
        bench.Beat(3601);
        Assert.Equal(-10, bench.ScoreOf(peers[1]));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.0.2.77")]
    public void P6_does_not_count_where_many_live_behind_one_address(string address)
    {
        var bench = new RouterBench(options => options.Score.ColocationExempt = [System.Net.IPNetwork.Parse("192.0.2.0/24")]);
        var peers = Enumerable.Range(0, 20).Select(_ => bench.Add(address: address)).ToList();
        Assert.All(peers, peer => Assert.Equal(0, bench.ScoreOf(peer)));
    }

    [Fact]
    public void P7_offences_count_squared_beyond_the_threshold_and_decay()
    {
        var bench = new RouterBench(options => (options.Score.BehaviourThreshold, options.Score.BehaviourWeight, options.Score.BehaviourDecay) = (2, -3, 0.5));
        var peer = bench.Add();
        for (var i = 0; i < 2; i++)
            bench.Router.Penalize(peer.Id);
        Assert.Equal(0, bench.ScoreOf(peer));
        for (var i = 0; i < 4; i++)
            bench.Router.Penalize(peer.Id);
        Assert.Equal(-48, bench.ScoreOf(peer));
        bench.Beat();
        Assert.Equal(-3, bench.ScoreOf(peer));
    }

    [Fact]
    public void Topics_together_bring_no_more_than_their_cap_and_take_as_much_as_they_like()
    {
        var bench = new RouterBench(options => options.Score.TopicCap = 10);
        var peer = bench.Add();
        peer.Send(Enumerable.Range(0, 30).Select(_ => peer.Write()));
        Assert.Equal(10, bench.ScoreOf(peer));
        for (var i = 0; i < 3; i++)
            peer.Send(MeshTests.Broken(peer));
        Assert.Equal(30 - 180, bench.ScoreOf(peer));
    }

    [Fact]
    public void A_topic_may_have_weights_of_its_own()
    {
        var bench = new RouterBench(topic: topic => topic.Score = new TopicScoreOptions { Weight = 0.5, FirstDeliveriesWeight = 10 });
        var peer = bench.Add();
        peer.Send(peer.Write());
        Assert.Equal(5, bench.ScoreOf(peer));
    }

    [Fact]
    public void Coming_back_washes_nothing_off_until_the_time_is_over()
    {
        var bench = new RouterBench(options => options.Score.Retain = TimeSpan.FromMinutes(1));
        var peer = bench.Add();
        peer.Send(MeshTests.Broken(peer));
        peer.Leave();
        bench.Beat(50);
        Assert.False(Assert.Single(bench.Router.Scores).Connected);
        peer.Link();
        Assert.Equal(-20, bench.ScoreOf(peer));

        peer.Leave();
        bench.Beat(60);
        Assert.Empty(bench.Router.Scores);
        peer.Link();
        Assert.Equal(0, bench.ScoreOf(peer));
    }

    [Fact]
    public void First_deliveries_of_a_peer_that_is_worth_little_are_gone_with_it()
    {
        var bench = Only(topic => (topic.FirstDeliveriesWeight, topic.FirstDeliveriesCap, topic.FirstDeliveriesDecay, topic.InvalidWeight) = (3, 100, 0.999, -10));
        var peer = bench.Add();
        peer.Send(Enumerable.Range(0, 5).Select(_ => peer.Write()).ToList());
        peer.Send(MeshTests.Broken(peer));
        peer.Send(MeshTests.Broken(peer));
        Assert.Equal(-25, bench.ScoreOf(peer));

        // Were they kept, coming back would bring 15 again; what was refused stays.
        peer.Leave();
        Assert.Equal(-40, Assert.Single(bench.Router.Scores).Score);
        peer.Link();
        Assert.Equal(-40, bench.ScoreOf(peer));
    }

    [Fact]
    public void A_good_score_is_not_kept()
    {
        var bench = new RouterBench();
        var peer = bench.Add();
        peer.Send(peer.Write());
        peer.Leave();
        Assert.Empty(bench.Router.Scores);
    }

    [Fact]
    public void Inspection_says_why()
    {
        var bench = new RouterBench();
        var (good, bad) = (bench.Add(), bench.Add());
        good.Send(good.Write());
        bad.Send(MeshTests.Broken(bad));
        bench.Beat();

        var scores = bench.Router.Scores;

        Assert.Equal([bad.Id, good.Id], scores.Select(score => score.Peer));
        Assert.Equal((true, false, 0.995), (scores[1].Topics.Single().InMesh, bad.InMesh, Math.Round(scores[0].Topics.Single().Invalid, 3)));
        Assert.Equal(scores[1].Score, scores[1].Topics.Sum(topic => topic.Score), 9);
    }

    /// <summary>Only the part that the test sets weighs anything.</summary>
    private static RouterBench Only(Action<TopicScoreOptions> configure) => new(topic: options =>
    {
        options.Score = new TopicScoreOptions { TimeInMeshWeight = 0, FirstDeliveriesWeight = 0, InvalidWeight = 0 };
        configure(options.Score);
    });
}
