using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

internal sealed partial class GossipRouter
{
    /// <summary>What a peer is told that does not get a place. Who did nothing wrong hears of others, where this host does that.</summary>
    private Prune PruneOf(RouterPeer peer, string topic, TimeSpan backoff) => new(topic, backoff) { Offered = Recommend(peer, topic) };

    private List<OfferedPeer> Recommend(RouterPeer peer, string topic)
    {
        List<OfferedPeer> offered = [];
        if (!_options.PeerExchange || peer.Version < GossipVersion.V11 || Score(peer) < 0)
            return offered;
        var room = _options.Limits.RpcBytes / 2;
        foreach (var other in Pick(Subscribers(topic).Where(other => other != peer && other.HasMesh && Score(other) >= 0), int.MaxValue))
        {
            if (offered.Count == _options.Limits.OfferedPeers)
                break;
            var record = _environment.RecordFor(other.Id, peer.Id);
            if (record.IsEmpty || record.Length > room)
                continue;
            room -= record.Length;
            offered.Add(new OfferedPeer(other.Id.Bytes.ToArray(), record));
        }

        return offered;
    }

    /// <summary>Only those who have earned it choose whom we look at next; the rest is discovery's, whose filters hold for strangers' words.</summary>
    private void TakeOffered(RouterPeer peer, IReadOnlyList<OfferedPeer> offered)
    {
        if (!_options.PeerExchange || offered.Count == 0 || Score(peer) < _options.Score.PeersThreshold)
            return;
        var room = _options.Limits.OfferedPeers - peer.Beat.Offered;
        if (offered.Count > room)
            Meter.Limits.Hit(GossipCap.OfferedPeers);
        OfferedPeer[] taken = [.. offered.Take(room)];
        peer.Beat.Offered += taken.Length;
        if (taken.Length > 0)
            _environment.Recommended(peer.Id, taken);
    }
}
