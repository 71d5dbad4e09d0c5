using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

internal sealed partial class GossipRouter
{
    private void TakeControl(RouterPeer peer, GossipRpc rpc)
    {
        var answer = new GossipRpc();
        if (Score(peer) >= _options.Score.GossipThreshold)
        {
            TakeHave(peer, rpc.Have, answer);
            TakeWant(peer, rpc.Want, answer);
        }

        foreach (var name in rpc.Graft.Distinct())
            TakeGraft(peer, name, answer);
        foreach (var prune in rpc.Prune)
            TakePrune(peer, prune);
        TakeDontWant(peer, rpc.DontWant);
        if (!answer.IsEmpty)
            Send(peer, answer);
    }

    private void TakeHave(RouterPeer peer, List<IHave> all, GossipRpc answer)
    {
        if (all.Count == 0)
            return;
        if (++peer.Beat.Have > _options.Limits.HavePerHeartbeat)
        {
            Meter.Limits.Hit(GossipCap.Have);
            return;
        }

        var wanted = all.Where(have => _topics.ContainsKey(have.Topic)).SelectMany(have => have.Ids)
            .Where(id => _seen.Find(id) is null && !_pending.ContainsKey(id) && !id.Names(_self)).Distinct().ToList();
        var room = Math.Max(0, _options.Limits.IdsPerHeartbeat - peer.Beat.Asked);
        if (wanted.Count > room)
            Meter.Limits.Hit(GossipCap.HaveIds);
        Shuffle(wanted, 0);
        answer.Want.AddRange(wanted.Take(room));
        peer.Beat.Asked += answer.Want.Count;
        if (answer.Want.Count > 0)
            _promises.Add(peer.Id, answer.Want[_random(answer.Want.Count)], Now);
    }

    private void TakeWant(RouterPeer peer, List<MessageId> ids, GossipRpc answer)
    {
        foreach (var id in ids.Distinct())
        {
            if (peer.Beat.Served >= _options.Limits.WantPerHeartbeat)
            {
                Meter.Limits.Hit(GossipCap.Want);
                return;
            }

            if (_cache.Find(id, peer.Id, out var asked) is not { } message)
                continue;
            if (asked > _options.Mesh.Retransmissions)
            {
                Meter.Limits.Hit(GossipCap.Retransmissions);
                continue;
            }

            peer.Beat.Served++;
            answer.Messages.Add(message);
        }
    }

    private void TakeGraft(RouterPeer peer, string name, GossipRpc answer)
    {
        // Nothing is answered about topics that are not ours: that would tell others which are.
        if (!_topics.TryGetValue(name, out var topic) || topic.Mesh.Contains(peer))
            return;
        var backoff = _options.Mesh.PruneBackoff;
        if (peer.Direct)
        {
            answer.Prune.Add(new Prune(name, backoff));
            return;
        }

        if (_backoffs.Until(name, peer.Id) is { } until && until > Now)
        {
            // Too early; and much too early when it was let go just now.
            _scores.Misbehaved(peer.Id, Now < until - backoff + _options.Mesh.GraftFloodThreshold ? 2 : 1);
            answer.Prune.Add(new Prune(name, backoff));
        }
        else if (peer.HasMesh && Score(peer) >= 0 && (topic.Mesh.Count < _options.Mesh.DegreeHigh || peer.Outbound))
        {
            Take(peer, new SubscriptionChange(true, name));
            if (!topic.Mesh.Contains(peer))
                Graft(topic, peer, tell: false);
            return;
        }
        else
        {
            answer.Prune.Add(PruneOf(peer, name, backoff));
        }

        _backoffs.Add(name, peer.Id, Now + backoff);
    }

    private void TakePrune(RouterPeer peer, Prune prune)
    {
        if (!_topics.TryGetValue(prune.Topic, out var topic))
            return;
        TakeOffered(peer, prune.Offered);
        var backoff = prune.Backoff ?? _options.Mesh.PruneBackoff;
        Prune(topic, peer, backoff);
        _backoffs.Add(prune.Topic, peer.Id, Now + backoff);
    }

    private void TakeDontWant(RouterPeer peer, List<MessageId> ids)
    {
        if (ids.Count == 0)
            return;
        if (++peer.Beat.DontWant > _options.Limits.DontWantPerHeartbeat)
        {
            Meter.Limits.Hit(GossipCap.DontWant);
            return;
        }

        if (ids.Count > _options.Limits.DontWantIds)
            Meter.Limits.Hit(GossipCap.DontWantIds);
        foreach (var id in ids.Take(_options.Limits.DontWantIds))
            peer.Unwanted[id] = _options.Mesh.DontWantTicks;
    }

    /// <summary>Only of messages whose signature was right: else a forgery would keep the real message away from us.</summary>
    private void SayDontWant(RouterTopic topic, WireMessage message, Delivery delivery)
    {
        foreach (var peer in topic.Mesh.Where(peer => peer.TakesDontWant && !delivery.Senders.Contains(peer.Id)))
        {
            var rpc = new GossipRpc();
            rpc.DontWant.Add(message.Id);
            Send(peer, rpc, urgent: true);
        }
    }
}
