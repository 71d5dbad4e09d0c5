namespace Betar.Libp2p.PubSub.Routing;

/// <summary>A topic in which we take part.</summary>
internal sealed class RouterTopic(string name, TopicOptions options, AuthorRates rates)
{
    public string Name => name;

    public TopicOptions Options => options;

    public AuthorRates Rates => rates;

    /// <summary>Those who get messages whole.</summary>
    public HashSet<RouterPeer> Mesh { get; } = [];

    public int Validating { get; set; }
}
