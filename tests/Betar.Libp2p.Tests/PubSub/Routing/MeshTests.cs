using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>Who is in the mesh, who gets in and who has to go.</summary>
public sealed class MeshTests
{
    private readonly RouterBench _bench = new();
    private readonly GossipMeshOptions _mesh = new();

    private IReadOnlyList<PeerId> Mesh => _bench.Router.MeshOf(RouterBench.Topic);

    [Fact]
    public void The_first_peers_of_a_topic_are_in_the_mesh_at_once_and_are_told()
    {
        var peers = _bench.Add(8);

        Assert.Equal(_mesh.DegreeLow, Mesh.Count);
        Assert.Equal(peers.Select(peer => peer.InMesh ? 1 : 0), peers.Select(peer => peer.Grafts));
    }

    [Fact]
    public void Below_the_low_degree_the_heartbeat_fills_the_mesh_to_the_degree()
    {
        var peers = _bench.Add(10);
        peers.First(peer => peer.InMesh).Leave();
        _bench.Beat();

        Assert.Equal(_mesh.Degree, Mesh.Count);
    }

    [Fact]
    public void Between_the_degrees_nothing_changes()
    {
        var peers = _bench.Add(11);
        foreach (var peer in peers)
            peer.Graft();
        var before = Mesh.ToHashSet();
        _bench.Beat(3);

        Assert.Equal(11, before.Count);
        Assert.True(before.SetEquals(Mesh));
    }

    [Fact]
    public void From_the_high_degree_on_the_best_stay_and_enough_of_those_whom_we_dialled()
    {
        var peers = _bench.Add(12);
        foreach (var peer in peers)
            peer.Graft();
        var dialled = _bench.Add(2, outbound: true);
        foreach (var peer in dialled)
            peer.Graft();
        var best = peers.Take(4).ToList();
        for (var i = 0; i < 4; i++)
            best[i].Send(best[i].Write());
        Assert.Equal(14, Mesh.Count);

        _bench.Beat();

        Assert.Equal(_mesh.Degree, Mesh.Count);
        Assert.All(dialled, peer => Assert.True(peer.InMesh));
        Assert.All(best, peer => Assert.True(peer.InMesh));
        Assert.All(peers.Where(peer => !peer.InMesh), peer => Assert.Equal(_mesh.PruneBackoff, Assert.Single(peer.Prunes).Backoff));
    }

    [Fact]
    public void A_full_mesh_takes_in_those_whom_we_dialled_and_nobody_else()
    {
        foreach (var peer in _bench.Add(12))
            peer.Graft();
        var (stranger, dialled) = (_bench.Add(), _bench.Add(outbound: true));
        stranger.Graft();
        dialled.Graft();

        Assert.Equal((false, true), (stranger.InMesh, dialled.InMesh));
        Assert.Single(stranger.Prunes);
    }

    [Fact]
    public void A_mesh_of_those_who_came_to_us_takes_in_some_whom_we_dialled()
    {
        foreach (var peer in _bench.Add(6))
            peer.Graft();
        var dialled = _bench.Add(5, outbound: true);
        _bench.Beat();

        Assert.Equal(_mesh.DegreeOutbound, dialled.Count(peer => peer.InMesh));
    }

    [Fact]
    public void Who_is_worth_less_than_nothing_has_to_go_and_is_not_taken_in()
    {
        var peers = _bench.Add(5);
        peers[0].Send(Broken(peers[0]));
        _bench.Beat();
        Assert.False(peers[0].InMesh);

        _bench.Pass(120);
        peers[0].Graft();

        Assert.False(peers[0].InMesh);
        Assert.Equal(2, peers[0].Prunes.Count());
    }

    [Fact]
    public void Who_lets_us_go_is_left_alone_as_long_as_it_says()
    {
        var peer = _bench.Add();
        peer.Prune(TimeSpan.FromSeconds(100));
        Assert.False(peer.InMesh);

        _bench.Beat(101);
        Assert.False(peer.InMesh);
        // Two heartbeats of slack.
        _bench.Beat(2);
        Assert.True(peer.InMesh);
    }

    [Fact]
    public void Who_lets_us_go_without_a_word_is_left_alone_for_the_usual_time()
    {
        var peer = _bench.Add();
        peer.Prune();
        _bench.Beat(61);
        Assert.False(peer.InMesh);
        _bench.Beat(2);
        Assert.True(peer.InMesh);
    }

    [Theory]
    [InlineData(5, 2)]
    [InlineData(30, 1)]
    public void Who_comes_back_too_early_is_let_go_again_and_punished(double after, int offences)
    {
        var bench = new RouterBench(options =>
        {
            options.Score.BehaviourThreshold = 0;
            options.Score.BehaviourWeight = -1;
        });
        var peer = bench.Add();
        peer.Prune();
        bench.Pass(after);
        peer.Graft();

        Assert.False(peer.InMesh);
        Assert.Single(peer.Prunes);
        Assert.Equal(-offences * offences, bench.Router.Scores.Single().Behaviour);
    }

    [Fact]
    public void One_frame_with_many_requests_is_one_offence()
    {
        var peer = _bench.Add();
        peer.Prune();
        peer.Say(rpc => rpc.Graft.AddRange(Enumerable.Repeat(RouterBench.Topic, 100)));

        Assert.Single(peer.Prunes);
        Assert.True(_bench.ScoreOf(peer) >= 0);
    }

    [Fact]
    public void Nothing_is_answered_about_topics_that_are_not_ours()
    {
        var peer = _bench.Add();
        var before = peer.Sent.Count;
        peer.Say(rpc =>
        {
            rpc.Graft.Add("other");
            rpc.Prune.Add(new Prune("other", null));
            rpc.Have.Add(new IHave("other", [new MessageId([1])]));
        });

        Assert.Equal(before, peer.Sent.Count);
    }

    [Fact]
    public void Who_speaks_only_floodsub_is_in_no_mesh_and_gets_everything()
    {
        var peer = _bench.Add(version: GossipVersion.Flood);
        peer.Graft();
        _bench.Beat(2);
        var message = _bench.Publish();

        Assert.False(peer.InMesh);
        Assert.Equal([message], peer.Messages);
    }

    [Fact]
    public void Leaving_lets_everybody_go_for_a_short_time()
    {
        var peer = _bench.Add();
        _bench.Router.Leave(RouterBench.Topic);

        Assert.Equal(_mesh.UnsubscribeBackoff, Assert.Single(peer.Prunes).Backoff);
        Assert.Contains(peer.Sent, sent => sent.Rpc.Subscriptions.Contains(new SubscriptionChange(false, RouterBench.Topic)));

        Assert.True(_bench.Router.Join(RouterBench.Topic, new TopicOptions()));
        _bench.Beat(11);
        Assert.False(peer.InMesh);
        _bench.Beat(2);
        Assert.True(peer.InMesh);
    }

    [Fact]
    public void What_found_no_room_of_the_mesh_is_said_with_the_next_frame()
    {
        var peer = _bench.Add(subscribes: false);
        peer.IsFull = true;
        peer.Say(rpc => rpc.Subscriptions.Add(new SubscriptionChange(true, RouterBench.Topic)));
        Assert.True(peer.InMesh);
        Assert.Equal(0, peer.Grafts);

        peer.IsFull = false;
        _bench.Publish();

        Assert.Equal(1, peer.Grafts);
        Assert.Equal(1, _bench.Router.Meter["drop_rpc"]);
    }

    [Fact]
    public void What_is_not_so_any_more_is_not_said()
    {
        var peer = _bench.Add(subscribes: false);
        peer.IsFull = true;
        peer.Say(rpc => rpc.Subscriptions.Add(new SubscriptionChange(true, RouterBench.Topic)));
        peer.Prune();
        peer.IsFull = false;
        _bench.Router.Join("other", new TopicOptions());

        Assert.Equal(0, peer.Grafts);
    }

    [Fact]
    public void Joining_takes_those_to_whom_was_sent_before()
    {
        var bench = new RouterBench(join: false);
        var peers = bench.Add(10);
        var message = bench.Publish();
        var fanout = peers.Where(peer => peer.Messages.Contains(message)).ToList();
        Assert.Equal(_mesh.Degree, fanout.Count);

        bench.Router.Join(RouterBench.Topic, new TopicOptions());

        Assert.All(fanout, peer => Assert.Equal((true, 1), (peer.InMesh, peer.Grafts)));
    }

    internal static WireMessage Broken(RouterBench.Peer by)
    {
        var raw = by.Write().Raw.ToArray();
        raw[^1] ^= 1;
        Assert.True(WireMessage.TryRead(raw, 256, out var message));
        return message;
    }
}
