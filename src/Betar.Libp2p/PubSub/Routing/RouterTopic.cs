using Betar.Libp2p.Limits;

namespace Betar.Libp2p.PubSub.Routing;

/// <summary>A topic in which we take part.</summary>
internal sealed class RouterTopic(string name, TopicOptions options, PeerRates rates)
{
    public string Name => name;

    public TopicOptions Options => options;

    public PeerRates Rates => rates;

    /// <summary>Those who get messages whole.</summary>
    public HashSet<RouterPeer> Mesh { get; } = [];

    public int Validating { get; set; }
}
