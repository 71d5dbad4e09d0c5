using System.Net;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Routing;

namespace Betar.Libp2p.PubSub.Scoring;

/// <summary>
/// What each peer is worth. A peer that goes with a score that is not good keeps it for a while, so that coming back under the same name
/// washes nothing off.
/// </summary>
internal sealed class ScoreBook(GossipScoreOptions options, GossipLimitOptions limits, LimitMeter meter, Func<string, TopicScoreOptions?> topics)
{
    private readonly Dictionary<PeerId, PeerStats> _peers = [];
    private readonly Colocation _colocation = new(options);
    private int _gone;

    public int Count => _peers.Count;

    public double Of(PeerId peer)
    {
        if (!_peers.TryGetValue(peer, out var stats))
            return 0;
        return Math.Min(stats.Topics.Values.Sum(topic => topic.Score), options.TopicCap) + Application(peer, stats) + Colocated(stats) + Behaviour(stats);
    }

    public IReadOnlyList<PeerScore> All() => [.. _peers.Select(entry => Describe(entry.Key, entry.Value)).OrderBy(score => score.Score)];

    public void Connected(PeerId peer, IPAddress? address)
    {
        if (!_peers.TryGetValue(peer, out var stats))
            _peers.Add(peer, stats = new PeerStats());
        else if (!stats.Connected)
            _gone--;
        _colocation.Remove(stats.Address, peer);
        (stats.Connected, stats.Address) = (true, address);
        _colocation.Add(address, peer);
    }

    public void Disconnected(PeerId peer, TimeSpan now)
    {
        if (!_peers.TryGetValue(peer, out var stats) || !stats.Connected)
            return;
        if (Of(peer) > 0)
        {
            Forget(peer, stats);
            return;
        }

        foreach (var topic in stats.Topics.Values)
            topic.Disconnect();
        (stats.Connected, stats.Until) = (false, now + options.Retain);
        if (++_gone > limits.RetainedScores)
            ForgetOldest();
    }

    public void Graft(PeerId peer, string topic, TimeSpan now) => Topic(peer, topic)?.Graft(now);

    public void Prune(PeerId peer, string topic) => Topic(peer, topic)?.Prune();

    public void DeliveredFirst(PeerId peer, string topic) => Topic(peer, topic)?.DeliverFirst();

    public void DeliveredAgain(PeerId peer, string topic, TimeSpan since) => Topic(peer, topic)?.DeliverAgain(since);

    public void DeliveredInvalid(PeerId peer, string topic) => Topic(peer, topic)?.DeliverInvalid();

    public void Misbehaved(PeerId peer, int times)
    {
        if (_peers.TryGetValue(peer, out var stats))
            stats.Behaviour += times;
    }

    public void Exceeded(PeerId author)
    {
        if (_peers.TryGetValue(author, out var stats))
            stats.AuthorExcess++;
    }

    /// <summary>Those who are gone keep what they have: nobody behaves well while he is away.</summary>
    public void Decay(TimeSpan now)
    {
        foreach (var (peer, stats) in _peers)
        {
            if (!stats.Connected)
            {
                if (stats.Until <= now)
                {
                    _gone--;
                    Forget(peer, stats);
                }

                continue;
            }

            foreach (var topic in stats.Topics.Values)
                topic.Decay(now, options.DecayToZero);
            stats.Behaviour = TopicStats.Decayed(stats.Behaviour, options.BehaviourDecay, options.DecayToZero);
            stats.AuthorExcess = TopicStats.Decayed(stats.AuthorExcess, options.BehaviourDecay, options.DecayToZero);
        }
    }

    private double Application(PeerId peer, PeerStats stats) =>
        (options.Application(peer) * options.ApplicationWeight) + (stats.AuthorExcess * options.AuthorExcessWeight);

    private double Colocated(PeerStats stats) => _colocation.SurplusOf(stats.Address) * options.ColocationWeight;

    private double Behaviour(PeerStats stats)
    {
        var excess = Math.Max(0, stats.Behaviour - options.BehaviourThreshold);
        return excess * excess * options.BehaviourWeight;
    }

    /// <summary>Null for a topic in which we have no part and for a peer that we do not know.</summary>
    private TopicStats? Topic(PeerId peer, string topic)
    {
        if (!_peers.TryGetValue(peer, out var stats))
            return null;
        if (!stats.Topics.TryGetValue(topic, out var found) && topics(topic) is { } weights)
            stats.Topics.Add(topic, found = new TopicStats(weights));
        return found;
    }

    private void ForgetOldest()
    {
        meter.Hit(GossipCap.RetainedScores);
        var oldest = _peers.Where(entry => !entry.Value.Connected).MinBy(entry => entry.Value.Until);
        _gone--;
        Forget(oldest.Key, oldest.Value);
    }

    private void Forget(PeerId peer, PeerStats stats)
    {
        _colocation.Remove(stats.Address, peer);
        _peers.Remove(peer);
    }

    private PeerScore Describe(PeerId peer, PeerStats stats) => new(
        peer, Of(peer), stats.Connected,
        [.. stats.Topics.Select(topic => new PeerTopicScore(
            topic.Key, topic.Value.Score, topic.Value.InMesh, topic.Value.InMeshFor, topic.Value.First, topic.Value.InMeshDeliveries, topic.Value.Failures, topic.Value.Invalid))],
        Application(peer, stats), Colocated(stats), Behaviour(stats));
}
