using System.Collections.Concurrent;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.Connections;

/// <summary>
/// Decides which connections are worth keeping. Protected peers stay; then those whose tags weigh most; among equals those in use, and
/// those that we wanted ourselves.
/// </summary>
internal sealed class ConnectionManager(ConnectionManagerOptions options, ConnectionTable table, PeerId self, LimitMeter meter)
{
    public const string HighWaterLimit = "connections.high_water";

    private readonly ConcurrentDictionary<(PeerId Peer, string Tag), bool> _protected = new();
    private readonly ConcurrentDictionary<(PeerId Peer, string Tag), int> _weights = new();

    public void Protect(PeerId peer, string tag) => _protected[(peer, tag)] = true;

    /// <summary>True while another tag still protects the peer.</summary>
    public bool Unprotect(PeerId peer, string tag)
    {
        _protected.TryRemove((peer, tag), out _);
        return IsProtected(peer);
    }

    public void Tag(PeerId peer, string tag, int weight) => _weights[(peer, tag)] = weight;

    public void Untag(PeerId peer, string tag) => _weights.TryRemove((peer, tag), out _);

    public bool IsProtected(PeerId peer) => _protected.Keys.Any(entry => entry.Peer == peer);

    /// <summary>Those to close now.</summary>
    public IReadOnlyList<PeerConnection> Choose()
    {
        var duplicates = Duplicates();
        var count = table.Count - duplicates.Count;
        if (count <= options.HighWater)
            return duplicates;
        meter.Hit(HighWaterLimit);
        var victims = table.All.Except(duplicates)
            .Where(connection => connection.IsUsable && connection.Age >= options.Grace && !IsProtected(connection.Peer))
            .OrderBy(connection => Weight(connection.Peer))
            .ThenByDescending(connection => connection.IsIdle)
            .ThenByDescending(connection => connection.Inbound)
            .ThenBy(connection => connection.Age)
            .Take(count - options.LowWater);
        return [.. duplicates, .. victims];
    }

    // Each side sees another one as the newer: if both closed the older one, none would be left. So only the side with the greater id does.
    private List<PeerConnection> Duplicates() =>
    [
        .. table.Peers.Where(peer => self.Bytes.SequenceCompareTo(peer.Bytes) > 0)
            .SelectMany(peer => table.Of(peer).Where(connection => connection.IsUsable).SkipLast(1))
            .Where(connection => connection.IsIdle && connection.Age >= options.DuplicateGrace),
    ];

    private int Weight(PeerId peer) => _weights.Where(entry => entry.Key.Peer == peer).Sum(entry => entry.Value);
}
