using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>What is known of a message whose signature was right.</summary>
internal sealed class Delivery
{
    public DeliveryStatus Status { get; set; }

    public TimeSpan ValidatedAt { get; set; }

    /// <summary>Who has sent it to us.</summary>
    public HashSet<PeerId> Senders { get; } = [];
}
