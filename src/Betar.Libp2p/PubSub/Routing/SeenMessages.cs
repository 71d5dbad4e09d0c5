using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>
/// Messages that were here, for a time and up to a number. Only those whose signature was right: a name is anybody's to choose, and a forgery
/// must not keep the real message out.
/// </summary>
internal sealed class SeenMessages(GossipLimitOptions options, LimitMeter limits)
{
    private readonly Dictionary<MessageId, Delivery> _deliveries = [];
    private readonly Queue<(MessageId Id, TimeSpan Until)> _order = [];

    public int Count => _deliveries.Count;

    public Delivery? Find(MessageId id) => _deliveries.GetValueOrDefault(id);

    /// <param name="id">Not here yet.</param>
    /// <param name="now">The time.</param>
    public Delivery Add(MessageId id, TimeSpan now)
    {
        if (_deliveries.Count >= options.SeenMessages)
        {
            limits.Hit(GossipCap.SeenMessages);
            _deliveries.Remove(_order.Dequeue().Id);
        }

        var delivery = new Delivery();
        _deliveries.Add(id, delivery);
        _order.Enqueue((id, now + options.SeenTtl));
        return delivery;
    }

    public void Expire(TimeSpan now)
    {
        while (_order.TryPeek(out var oldest) && oldest.Until <= now)
            _deliveries.Remove(_order.Dequeue().Id);
    }
}
