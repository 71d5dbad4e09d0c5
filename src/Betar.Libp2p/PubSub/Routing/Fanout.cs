namespace Betar.Libp2p.PubSub.Routing;

/// <summary>Those who get what we send to a topic in which we have no part.</summary>
internal sealed class Fanout
{
    public HashSet<RouterPeer> Peers { get; } = [];

    public TimeSpan LastPublished { get; set; }
}
