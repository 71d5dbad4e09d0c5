using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

internal sealed partial class GossipRouter
{
    private const int BackoffSlackHeartbeats = 2;
    private long _ticks;
    private TimeSpan _decayed;

    /// <summary>Looks after meshes, scores and caches. Called again and again by whoever has the clock.</summary>
    public void Heartbeat()
    {
        lock (_lock)
        {
            _ticks++;
            // Others' clocks are not ours: who comes back at the last moment finds us still waiting.
            _backoffs.Expire(Now - (BackoffSlackHeartbeats * _options.Mesh.Heartbeat));
            _seen.Expire(Now);
            DecayScores();
            foreach (var peer in _peers.Values)
                ClearBeat(peer);
            foreach (var (peer, times) in _promises.TakeBroken(Now))
                _scores.Misbehaved(peer, times);
            if (_ticks % _options.Mesh.DirectConnectTicks == 0)
                ConnectDirect();
            var changes = new Dictionary<RouterPeer, GossipRpc>();
            foreach (var topic in _topics.Values)
                Maintain(topic, changes);
            foreach (var (name, fanout) in _fanouts)
                Maintain(name, fanout, changes);
            foreach (var (peer, rpc) in changes)
                Send(peer, rpc);
            _cache.Shift();
        }
    }

    private static void ClearBeat(RouterPeer peer)
    {
        peer.Beat.Clear();
        foreach (var (id, ticks) in peer.Unwanted)
        {
            if (ticks > 1)
                peer.Unwanted[id] = ticks - 1;
            else
                peer.Unwanted.Remove(id);
        }
    }

    private void DecayScores()
    {
        if (Now - _decayed < _options.Score.DecayInterval)
            return;
        _decayed = Now;
        _scores.Decay(Now);
    }

    private void ConnectDirect()
    {
        foreach (var peer in _direct.Where(peer => !_peers.ContainsKey(peer)))
            _environment.Connect(peer);
    }

    private void Maintain(RouterTopic topic, Dictionary<RouterPeer, GossipRpc> changes)
    {
        var mesh = _options.Mesh;
        var scores = new Dictionary<RouterPeer, double>();
        foreach (var peer in topic.Mesh.Where(peer => ScoreOf(peer) < 0).ToArray())
            LetGo(peer);
        if (topic.Mesh.Count < mesh.DegreeLow)
            TakeIn(mesh.Degree - topic.Mesh.Count, _ => true);
        if (topic.Mesh.Count >= mesh.DegreeHigh)
        {
            foreach (var peer in Excess(topic, ScoreOf))
                LetGo(peer);
        }

        if (topic.Mesh.Count >= mesh.DegreeLow)
            TakeIn(mesh.DegreeOutbound - topic.Mesh.Count(peer => peer.Outbound), peer => peer.Outbound);
        if (_ticks % mesh.OpportunisticGraftTicks == 0 && topic.Mesh.Count > 1)
        {
            var median = topic.Mesh.Select(ScoreOf).Order().ElementAt(topic.Mesh.Count / 2);
            if (median < _options.Score.OpportunisticGraftThreshold)
                TakeIn(mesh.OpportunisticGraftPeers, peer => ScoreOf(peer) > median);
        }

        Gossip(topic.Name, topic.Mesh, changes);

        double ScoreOf(RouterPeer peer) => scores.TryGetValue(peer, out var score) ? score : scores[peer] = Score(peer);

        void LetGo(RouterPeer peer)
        {
            Prune(topic, peer, mesh.PruneBackoff);
            ChangesOf(peer, changes).Prune.Add(PruneOf(peer, topic.Name, mesh.PruneBackoff));
        }

        void TakeIn(int count, Predicate<RouterPeer> which)
        {
            if (count <= 0)
                return;
            foreach (var peer in Pick(Subscribers(topic.Name).Where(peer => MayGraft(topic, peer) && which(peer)), count))
            {
                Graft(topic, peer, tell: false);
                ChangesOf(peer, changes).Graft.Add(topic.Name);
            }
        }
    }

    /// <summary>Who has to go: the best stay, of the others those whom chance chooses, and in any case enough of those whom we dialled.</summary>
    private List<RouterPeer> Excess(RouterTopic topic, Func<RouterPeer, double> scoreOf)
    {
        var mesh = _options.Mesh;
        var order = topic.Mesh.ToList();
        Shuffle(order, 0);
        order = [.. order.OrderByDescending(scoreOf)];
        Shuffle(order, mesh.DegreeScore);
        var missing = mesh.DegreeOutbound - order.Take(mesh.Degree).Count(peer => peer.Outbound);
        if (missing > 0)
        {
            var raised = order.Skip(mesh.Degree).Where(peer => peer.Outbound).Take(missing).ToList();
            order = [.. raised, .. order.Where(peer => peer.Outbound && !raised.Contains(peer)).Take(mesh.DegreeOutbound - raised.Count), .. order];
            order = [.. order.Distinct()];
        }

        return order[mesh.Degree..];
    }

    private void Maintain(string name, Fanout fanout, Dictionary<RouterPeer, GossipRpc> changes)
    {
        if (fanout.LastPublished + _options.Mesh.FanoutTtl < Now)
        {
            _fanouts.Remove(name);
            return;
        }

        fanout.Peers.RemoveWhere(peer => Score(peer) < _options.Score.PublishThreshold);
        FillFanout(name, fanout);
        Gossip(name, fanout.Peers, changes);
    }

    /// <summary>Tells some of those who are not sent everything what there is.</summary>
    private void Gossip(string topic, HashSet<RouterPeer> mesh, Dictionary<RouterPeer, GossipRpc> changes)
    {
        var ids = _cache.IdsOf(topic);
        if (ids.Count == 0)
            return;
        var others = Subscribers(topic)
            .Where(peer => peer is { HasMesh: true, Direct: false } && !mesh.Contains(peer) && Score(peer) >= _options.Score.GossipThreshold).ToList();
        var count = Math.Max(_options.Mesh.DegreeLazy, others.Count * _options.Mesh.GossipPercent / 100);
        foreach (var peer in Pick(others, count))
        {
            // Each is told in another order, and of other messages when there are too many for one.
            Shuffle(ids, 0);
            ChangesOf(peer, changes).Have.Add(new IHave(topic, [.. ids.Take(_options.Limits.IdsPerHeartbeat)]));
        }
    }

    private static GossipRpc ChangesOf(RouterPeer peer, Dictionary<RouterPeer, GossipRpc> changes)
    {
        if (!changes.TryGetValue(peer, out var rpc))
            changes.Add(peer, rpc = new GossipRpc());
        return rpc;
    }
}
