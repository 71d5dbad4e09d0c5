using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>A message on its way through the checks, with the copies of it that others have sent meanwhile: if this one is forged, the next is looked at.</summary>
internal sealed class PendingMessage(RouterTopic topic, RouterPeer sender, WireMessage message)
{
    private const int MaxCopies = 16;
    private readonly Queue<(RouterPeer Sender, WireMessage Message)> _copies = [];

    public RouterTopic Topic => topic;

    public RouterPeer Sender { get; private set; } = sender;

    public WireMessage Message { get; private set; } = message;

    /// <summary>Set when the signature was right.</summary>
    public Delivery? Delivery { get; set; }

    public IEnumerable<RouterPeer> Others => _copies.Select(copy => copy.Sender);

    public bool TryAddCopy(RouterPeer sender, WireMessage message)
    {
        if (_copies.Count >= MaxCopies || sender == Sender || _copies.Any(copy => copy.Sender == sender))
            return false;
        _copies.Enqueue((sender, message));
        return true;
    }

    public bool TryTakeNextCopy()
    {
        if (!_copies.TryDequeue(out var next))
            return false;
        (Sender, Message) = next;
        return true;
    }
}
