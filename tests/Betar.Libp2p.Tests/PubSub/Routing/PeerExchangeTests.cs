using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.PubSub.Wire;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub.Routing;

/// <summary>PX: who is told of whom when there is no place in a mesh, and whose word about others is looked at. Off unless it is switched on.</summary>
public sealed class PeerExchangeTests
{
    private const int Full = 12;

    [Fact]
    public void By_default_nobody_is_recommended_and_nobody_who_is_recommended_is_looked_at()
    {
        var bench = new RouterBench(options => options.Score.PeersThreshold = 0);
        var late = Late(bench);
        Recommend(late, 1);

        Assert.False(new GossipOptions().PeerExchange);
        Assert.Empty(Assert.Single(late.Prunes).Offered);
        Assert.Empty(bench.Recommendations);
    }

    [Fact]
    public void Who_finds_no_place_is_told_of_the_others_with_their_records()
    {
        var bench = On();
        var late = Late(bench);

        var offered = Assert.Single(late.Prunes).Offered;
        Assert.Equal(Full, offered.Count);
        Assert.All(offered, one => Assert.True(bench.Records[IdOf(one)].Span.SequenceEqual(one.Record.Span)));
        Assert.DoesNotContain(offered, one => one.Id.Span.SequenceEqual(late.Id.Bytes));
    }

    [Fact]
    public void Who_is_let_go_because_there_are_too_many_is_told_and_so_is_whom_we_leave()
    {
        var bench = On();
        var peers = bench.Add(Full);
        Give(bench, peers);
        foreach (var peer in peers)
            peer.Graft();
        bench.Beat();
        var gone = peers.Where(peer => !peer.InMesh).ToList();
        var stayed = peers.Except(gone).ToList();
        bench.Router.Leave(RouterBench.Topic);

        Assert.NotEmpty(gone);
        Assert.All(gone.Concat(stayed), peer => Assert.Equal(Full - 1, Assert.Single(peer.Prunes).Offered.Count));
    }

    [Fact]
    public void Nobody_is_told_of_those_who_are_worth_less_than_nothing_or_whose_record_is_not_to_be_had()
    {
        var bench = On();
        var peers = bench.Add(Full);
        foreach (var peer in peers)
            peer.Graft();
        Give(bench, peers.Take(3));
        bench.Router.Penalize(peers[0].Id);
        var late = bench.Add();
        late.Graft();

        Assert.Equal(peers.Skip(1).Take(2).Select(peer => peer.Id).ToHashSet(), Assert.Single(late.Prunes).Offered.Select(one => IdOf(one)).ToHashSet());
    }

    [Fact]
    public void Who_did_wrong_or_does_not_understand_it_is_told_of_nobody()
    {
        var bench = On();
        var peers = bench.Add(Full);
        Give(bench, peers);
        foreach (var peer in peers)
            peer.Graft();
        var old = bench.Add(version: GossipVersion.V10);
        old.Graft();
        var bad = bench.Add();
        bench.Router.Penalize(bad.Id);
        bad.Graft();
        var hasty = bench.Add();
        hasty.Graft();
        hasty.Graft();

        Assert.Empty(Assert.Single(old.Prunes).Offered);
        Assert.Empty(Assert.Single(bad.Prunes).Offered);
        Assert.Equal([Full, 0], hasty.Prunes.Select(prune => prune.Offered.Count));
    }

    [Fact]
    public void So_many_are_recommended_and_no_more_than_fit_into_half_a_frame()
    {
        var bench = On(options => (options.Limits.OfferedPeers, options.Limits.RpcBytes) = (4, 32 * 1024));
        Assert.Equal(4, Assert.Single(Late(bench).Prunes).Offered.Count);

        var large = On(options => options.Limits.RpcBytes = 32 * 1024);
        Assert.Equal(2, Assert.Single(Late(large, record: 8 * 1024).Prunes).Offered.Count);
    }

    [Fact]
    public void Only_who_has_earned_it_is_listened_to()
    {
        var bench = On(options => options.Score.PeersThreshold = 2);
        var peers = bench.Add(2);
        peers[0].Send(peers[0].Write(), peers[0].Write(), peers[0].Write());
        foreach (var peer in peers)
            Recommend(peer, 2);

        var (speaker, offered) = Assert.Single(bench.Recommendations);
        Assert.Equal((peers[0].Id, 2), (speaker, offered.Count));
    }

    [Fact]
    public void PRUNE_of_a_topic_that_is_not_ours_recommends_nobody()
    {
        var bench = On();
        var peer = bench.Add();
        peer.Say(rpc => rpc.Prune.Add(new Prune("other", null) { Offered = [new OfferedPeer(default, new byte[1])] }));

        Assert.Empty(bench.Recommendations);
    }

    [Fact]
    [Hits(GossipCap.OfferedPeers)]
    public void Between_two_heartbeats_no_more_of_one_peer_are_looked_at()
    {
        var bench = On(options => options.Limits.OfferedPeers = 3);
        var (peer, other) = (bench.Add(), bench.Add());
        Recommend(peer, 2);
        Assert.Equal(0, bench.Hits(GossipCap.OfferedPeers));
        Recommend(peer, 2);
        Recommend(peer, 2);
        Recommend(other, 3);

        Assert.Equal([2, 1, 3], bench.Recommendations.Select(one => one.Offered.Count));
        Assert.Equal(2, bench.Hits(GossipCap.OfferedPeers));
        bench.Beat();
        Recommend(peer, 2);
        Assert.Equal(2, bench.Recommendations[^1].Offered.Count);
    }

    private static RouterBench On(Action<GossipOptions>? configure = null) => new(options =>
    {
        (options.PeerExchange, options.Score.PeersThreshold, options.Score.BehaviourThreshold) = (true, 0, 0);
        configure?.Invoke(options);
    });

    /// <summary>One who comes when the mesh is full.</summary>
    private static RouterBench.Peer Late(RouterBench bench, int record = 10)
    {
        var peers = bench.Add(Full);
        Give(bench, peers, record);
        foreach (var peer in peers)
            peer.Graft();
        var late = bench.Add();
        Give(bench, [late], record);
        late.Graft();
        return late;
    }

    private static void Give(RouterBench bench, IEnumerable<RouterBench.Peer> peers, int bytes = 10)
    {
        foreach (var peer in peers)
            bench.Records[peer.Id] = Enumerable.Repeat((byte)bench.Records.Count, bytes).ToArray();
    }

    private static PeerId IdOf(OfferedPeer offered)
    {
        Assert.True(PeerId.TryDecode(offered.Id.Span, out var id));
        return id;
    }

    private static void Recommend(RouterBench.Peer peer, int count) => peer.Say(rpc => rpc.Prune.Add(new Prune(RouterBench.Topic, null)
    {
        Offered = [.. Enumerable.Range(0, count).Select(i => new OfferedPeer(default, new[] { (byte)i }))],
    }));
}
