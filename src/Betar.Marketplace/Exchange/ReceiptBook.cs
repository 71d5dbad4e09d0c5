using Betar.Libp2p.Identity;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>Which peers hold which version of our own listings, since when. Bounded: what was noted first is forgotten first.</summary>
internal sealed class ReceiptBook(PeerId self, MarketView view, int capacity, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<PeerId, (ulong Version, DateTimeOffset Since)>> _held = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, PeerId Peer)> _order = new();

    /// <summary>A peer has, or has just been given, this version.</summary>
    public void Note(PeerId peer, string id, ulong version)
    {
        if (peer == self || view.FindRecord(id) is not { } record || record.Record.Seller != self)
            return;
        lock (_lock)
        {
            if (!_held.TryGetValue(id, out var holders))
                _held.Add(id, holders = []);
            if (holders.TryGetValue(peer, out var known))
            {
                if (version > known.Version)
                    holders[peer] = (version, time.GetUtcNow());
                return;
            }

            holders.Add(peer, (version, time.GetUtcNow()));
            _order.Enqueue((id, peer));
            while (_order.Count > capacity)
                Drop(_order.Dequeue());
        }
    }

    public IReadOnlyList<Holder> HoldersOf(string id, ulong version)
    {
        lock (_lock)
        {
            return _held.TryGetValue(id, out var holders)
                ? [.. holders.Where(holder => holder.Value.Version == version).Select(holder => new Holder(holder.Key, holder.Value.Since))
                    .OrderBy(holder => holder.Since).ThenBy(holder => holder.Peer.ToString(), StringComparer.Ordinal)]
                : [];
        }
    }

    private void Drop((string Id, PeerId Peer) oldest)
    {
        if (_held.TryGetValue(oldest.Id, out var holders) && holders.Remove(oldest.Peer) && holders.Count == 0)
            _held.Remove(oldest.Id);
    }
}
