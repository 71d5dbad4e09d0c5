using System.Net;

namespace Betar.Libp2p.PubSub.Scoring;

/// <summary>What is counted of one peer.</summary>
internal sealed class PeerStats
{
    public bool Connected { get; set; }

    /// <summary>When it is forgotten, once it is gone.</summary>
    public TimeSpan Until { get; set; }

    public IPAddress? Address { get; set; }

    public double Behaviour { get; set; }

    /// <summary>Own messages of the peer beyond its rate.</summary>
    public double AuthorExcess { get; set; }

    public Dictionary<string, TopicStats> Topics { get; } = new(StringComparer.Ordinal);
}
