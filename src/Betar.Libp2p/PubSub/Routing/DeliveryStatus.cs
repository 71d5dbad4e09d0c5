namespace Betar.Libp2p.PubSub.Routing;

internal enum DeliveryStatus
{
    /// <summary>It is being looked at.</summary>
    Unknown,

    Valid,
    Invalid,

    /// <summary>It was dropped, and nobody is to blame.</summary>
    Dropped,
}
