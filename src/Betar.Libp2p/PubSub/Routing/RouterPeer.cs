using System.Net;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub.Wire;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>A peer that speaks this protocol, as long as it is linked to us.</summary>
/// <param name="outbound">We dialled it.</param>
/// <param name="address">Whom it shares with others behind the same address; null: not of the internet.</param>
internal sealed class RouterPeer(PeerId id, GossipVersion version, bool outbound, IPAddress? address, IOutbox outbox)
{
    public PeerId Id => id;

    public GossipVersion Version => version;

    public bool HasMesh => version != GossipVersion.Flood;

    public bool TakesDontWant => version >= GossipVersion.V12;

    public bool Outbound => outbound;

    public IPAddress? Address => address;

    public IOutbox Outbox => outbox;

    public bool Direct { get; init; }

    public HashSet<string> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>Its messages whose signatures are not yet checked.</summary>
    public int Pending { get; set; }

    /// <summary>GRAFT and PRUNE for which there was no room.</summary>
    public GossipRpc? Unsent { get; set; }

    /// <summary>Messages that it does not want, each for so many heartbeats.</summary>
    public Dictionary<MessageId, int> Unwanted { get; } = [];

    public BeatCounts Beat { get; } = new();
}
