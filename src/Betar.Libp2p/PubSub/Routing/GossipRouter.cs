using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.PubSub.Scoring;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>
/// Who gets which message: meshes, gossip, scores. It takes frames and gives frames, and neither waits nor reads a stream, so that it runs the
/// same over a network and in a simulation. Everything happens inside of one lock.
/// </summary>
internal sealed partial class GossipRouter
{
    private static readonly HashSet<RouterPeer> Nobody = [];

    private readonly Lock _lock = new();
    private readonly GossipOptions _options;
    private readonly PeerId _self;
    private readonly IRouterEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly Func<int, int> _random;
    private readonly long _started;
    private readonly HashSet<PeerId> _direct;
    private readonly Dictionary<PeerId, RouterPeer> _peers = [];
    private readonly Dictionary<string, HashSet<RouterPeer>> _subscribers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RouterTopic> _topics = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fanout> _fanouts = new(StringComparer.Ordinal);
    private readonly Dictionary<MessageId, PendingMessage> _pending = [];
    private readonly SeenMessages _seen;
    private readonly MessageCache _cache;
    private readonly Promises _promises;
    private readonly Backoffs _backoffs;
    private readonly ScoreBook _scores;
    private int _validating;

    /// <param name="random">A number from 0 to below the argument.</param>
    public GossipRouter(PeerId self, GossipOptions options, IRouterEnvironment environment, TimeProvider time, Func<int, int> random)
    {
        (_self, _options, _environment, _time, _random, _started) = (self, options, environment, time, random, time.GetTimestamp());
        _direct = [.. options.DirectPeers];
        _seen = new SeenMessages(options.Limits, Meter.Limits);
        _cache = new MessageCache(options.Mesh, options.Limits, Meter.Limits);
        _promises = new Promises(options.Mesh.WantFollowUp);
        _backoffs = new Backoffs(options.Limits, Meter.Limits);
        _scores = new ScoreBook(
            options.Score, options.Limits, Meter.Limits,
            topic => _topics.TryGetValue(topic, out var joined) ? joined.Options.Score ?? options.Score.Topic : null);
    }

    public GossipMeter Meter { get; } = new();

    public IReadOnlyList<PeerScore> Scores
    {
        get
        {
            lock (_lock)
                return _scores.All();
        }
    }

    private TimeSpan Now => _time.GetElapsedTime(_started);

    public IReadOnlyList<PeerId> PeersOf(string topic)
    {
        lock (_lock)
            return _subscribers.TryGetValue(topic, out var peers) ? [.. peers.Select(peer => peer.Id)] : [];
    }

    public IReadOnlyList<PeerId> MeshOf(string topic)
    {
        lock (_lock)
            return _topics.TryGetValue(topic, out var joined) ? [.. joined.Mesh.Select(peer => peer.Id)] : [];
    }

    /// <summary>A peer listens to us from now on. It is told in which topics we take part.</summary>
    public RouterPeer AddPeer(PeerId id, GossipVersion version, bool outbound, IPAddress? address, IOutbox outbox)
    {
        lock (_lock)
        {
            if (_peers.TryGetValue(id, out var before))
                Remove(before);
            var peer = new RouterPeer(id, version, outbound, address, outbox) { Direct = _direct.Contains(id) };
            _peers.Add(id, peer);
            _scores.Connected(id, address);
            Meter.Count(GossipEvent.AddPeer);
            if (_topics.Count == 0)
                return peer;
            var hello = new GossipRpc();
            hello.Subscriptions.AddRange(_topics.Keys.Select(topic => new SubscriptionChange(true, topic)));
            Send(peer, hello);
            return peer;
        }
    }

    public void RemovePeer(RouterPeer peer)
    {
        lock (_lock)
        {
            if (_peers.GetValueOrDefault(peer.Id) == peer)
                Remove(peer);
        }
    }

    /// <summary>The peer did something that no correct peer does, beside what it says.</summary>
    public void Penalize(PeerId peer)
    {
        lock (_lock)
            _scores.Misbehaved(peer, 1);
    }

    public bool Join(string name, TopicOptions options)
    {
        lock (_lock)
        {
            var topic = new RouterTopic(name, options, new PeerRates(options.AuthorPerSecond, options.AuthorBurst, _options.Limits.RememberedAuthors, _time, () => Meter.Limits.Hit(GossipCap.Authors)));
            if (!_topics.TryAdd(name, topic))
                return false;
            Meter.Count(GossipEvent.Join, name);
            Announce(new SubscriptionChange(true, name));
            if (_fanouts.Remove(name, out var fanout))
            {
                foreach (var peer in fanout.Peers.Where(peer => MayGraft(topic, peer)).ToArray())
                    Graft(topic, peer, tell: true);
            }

            foreach (var peer in Pick(Subscribers(name).Where(peer => MayGraft(topic, peer)), _options.Mesh.Degree - topic.Mesh.Count))
                Graft(topic, peer, tell: true);
            return true;
        }
    }

    public void Leave(string name)
    {
        lock (_lock)
        {
            if (!_topics.TryGetValue(name, out var topic))
                return;
            foreach (var peer in topic.Mesh.ToArray())
            {
                Prune(topic, peer, _options.Mesh.UnsubscribeBackoff);
                SendPrune(peer, name, _options.Mesh.UnsubscribeBackoff);
            }

            _topics.Remove(name);
            Meter.Count(GossipEvent.Leave, name);
            Announce(new SubscriptionChange(false, name));
        }
    }

    /// <summary>Sends a message of ours.</summary>
    /// <returns>To how many.</returns>
    public int Publish(WireMessage message)
    {
        lock (_lock)
        {
            var delivery = _seen.Add(message.Id, Now);
            (delivery.Status, delivery.ValidatedAt) = (DeliveryStatus.Valid, Now);
            _cache.Put(message);
            Meter.Count(GossipEvent.Publish, message.Topic);
            var receivers = ReceiversOfOurs(message.Topic);
            foreach (var peer in receivers)
                Send(peer, message);
            return receivers.Count;
        }
    }

    private HashSet<RouterPeer> ReceiversOfOurs(string topic)
    {
        if (_options.FloodPublish)
            return [.. Subscribers(topic).Where(peer => peer.Direct || Score(peer) >= _options.Score.PublishThreshold)];
        var mesh = _topics.TryGetValue(topic, out var joined) ? joined.Mesh : FanoutOf(topic).Peers;
        return [.. mesh, .. OutsideOfMeshes(topic)];
    }

    /// <summary>Those who get everything: direct peers, and those who know no mesh.</summary>
    private IEnumerable<RouterPeer> OutsideOfMeshes(string topic) =>
        Subscribers(topic).Where(peer => peer.Direct || (!peer.HasMesh && Score(peer) >= _options.Score.PublishThreshold));

    private Fanout FanoutOf(string topic)
    {
        if (!_fanouts.TryGetValue(topic, out var fanout))
            _fanouts.Add(topic, fanout = new Fanout());
        fanout.LastPublished = Now;
        FillFanout(topic, fanout);
        return fanout;
    }

    private void FillFanout(string topic, Fanout fanout) => fanout.Peers.UnionWith(Pick(
        Subscribers(topic).Where(peer => peer is { HasMesh: true, Direct: false } && !fanout.Peers.Contains(peer) && Score(peer) >= _options.Score.PublishThreshold),
        _options.Mesh.Degree - fanout.Peers.Count));

    private void Remove(RouterPeer peer)
    {
        _peers.Remove(peer.Id);
        foreach (var topic in peer.Topics.ToArray())
            Unsubscribe(peer, topic);
        _scores.Disconnected(peer.Id, Now);
        Meter.Count(GossipEvent.RemovePeer);
    }

    private void Announce(SubscriptionChange change)
    {
        foreach (var peer in _peers.Values)
        {
            var rpc = new GossipRpc();
            rpc.Subscriptions.Add(change);
            Send(peer, rpc);
        }
    }

    private HashSet<RouterPeer> Subscribers(string topic) => _subscribers.TryGetValue(topic, out var peers) ? peers : Nobody;

    private double Score(RouterPeer peer) => _scores.Of(peer.Id);

    private bool MayGraft(RouterTopic topic, RouterPeer peer) =>
        peer is { HasMesh: true, Direct: false } && !topic.Mesh.Contains(peer) && _backoffs.Until(topic.Name, peer.Id) is null && Score(peer) >= 0;

    private void Graft(RouterTopic topic, RouterPeer peer, bool tell)
    {
        topic.Mesh.Add(peer);
        _scores.Graft(peer.Id, topic.Name, Now);
        Meter.Count(GossipEvent.Graft, topic.Name);
        if (!tell)
            return;
        var rpc = new GossipRpc();
        rpc.Graft.Add(topic.Name);
        Send(peer, rpc);
    }

    private void Prune(RouterTopic topic, RouterPeer peer, TimeSpan backoff)
    {
        if (!topic.Mesh.Remove(peer))
            return;
        _scores.Prune(peer.Id, topic.Name);
        Meter.Count(GossipEvent.Prune, topic.Name);
        _backoffs.Add(topic.Name, peer.Id, Now + backoff);
    }

    private void SendPrune(RouterPeer peer, string topic, TimeSpan backoff)
    {
        var rpc = new GossipRpc();
        rpc.Prune.Add(PruneOf(peer, topic, backoff));
        Send(peer, rpc);
    }

    private void Send(RouterPeer peer, WireMessage message)
    {
        var rpc = new GossipRpc();
        rpc.Messages.Add(message);
        Send(peer, rpc);
    }

    private void Send(RouterPeer peer, GossipRpc rpc, bool urgent = false)
    {
        if (peer.Unsent is { } unsent)
        {
            peer.Unsent = null;
            // What has become of it since: nobody is told of a mesh that is not so any more.
            rpc.Graft.AddRange(unsent.Graft.Where(name => _topics.TryGetValue(name, out var topic) && topic.Mesh.Contains(peer) && !rpc.Graft.Contains(name)));
            rpc.Prune.AddRange(unsent.Prune.Where(prune => !(_topics.TryGetValue(prune.Topic, out var topic) && topic.Mesh.Contains(peer))));
        }

        if (peer.Outbox.TrySend(rpc, urgent))
        {
            Meter.Count(GossipEvent.SendRpc);
            return;
        }

        Meter.Count(GossipEvent.DropRpc);
        if (rpc.Graft.Count + rpc.Prune.Count > 0)
            peer.Unsent = rpc;
    }

    /// <summary>So many of them, by chance.</summary>
    private List<RouterPeer> Pick(IEnumerable<RouterPeer> from, int count)
    {
        var all = from.ToList();
        Shuffle(all, 0);
        return count >= all.Count ? all : all[..Math.Max(0, count)];
    }

    private void Shuffle<T>(List<T> list, int from)
    {
        for (var i = list.Count - 1; i > from; i--)
        {
            var j = from + _random(i - from + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
