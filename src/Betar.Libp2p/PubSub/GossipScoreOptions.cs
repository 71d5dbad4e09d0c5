using System.Net;
using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

/// <summary>
/// What peers are worth. Nobody else sees it. A score below nothing puts a peer out of the mesh; each threshold below that takes more from it.
/// </summary>
public sealed class GossipScoreOptions
{
    /// <summary>Below it nothing is told to a peer and nothing taken from what it tells; default -100.</summary>
    public double GossipThreshold { get; set; } = -100;

    /// <summary>Below it own messages are not sent to a peer; default -500.</summary>
    public double PublishThreshold { get; set; } = -500;

    /// <summary>Below it nothing that a peer says is read; default -1,000.</summary>
    public double GraylistThreshold { get; set; } = -1000;

    /// <summary>A mesh whose median is below it takes in better peers; default 5, more than anybody gets for being there in silence (P1).</summary>
    public double OpportunisticGraftThreshold { get; set; } = 5;

    /// <summary>From it on it is looked at whom a peer recommends (PX); default 10, which nobody has who did not bring anything.</summary>
    public double PeersThreshold { get; set; } = 10;

    /// <summary>How topics are scored that do not say otherwise.</summary>
    public TopicScoreOptions Topic { get; set; } = new();

    /// <summary>The most that all topics together bring; default 100.</summary>
    public double TopicCap { get; set; } = 100;

    /// <summary>P5, what the application thinks of a peer; must not block; default nothing.</summary>
    public Func<PeerId, double> Application { get; set; } = static _ => 0;

    /// <summary>Default 1.</summary>
    public double ApplicationWeight { get; set; } = 1;

    /// <summary>What each message beyond its author's rate counts in P5 when the author itself sends it; default -1.</summary>
    public double AuthorExcessWeight { get; set; } = -1;

    /// <summary>P6, peers beyond the threshold behind one address, squared; default -10.</summary>
    public double ColocationWeight { get; set; } = -10;

    /// <summary>So many are nothing special; default 8, as many as the host lets in from one address.</summary>
    public int ColocationThreshold { get; set; } = 8;

    /// <summary>Networks in which many peers live behind one address; loopback is always one of them; default no other.</summary>
    public IList<IPNetwork> ColocationExempt { get; set; } = [];

    /// <summary>P7, offences against the protocol, squared; default -10.</summary>
    public double BehaviourWeight { get; set; } = -10;

    /// <summary>So many happen to anybody; default 6.</summary>
    public double BehaviourThreshold { get; set; } = 6;

    /// <summary>What is left of them at each decay; default 0.99.</summary>
    public double BehaviourDecay { get; set; } = 0.99;

    /// <summary>How often counters decay; default 1 s.</summary>
    public TimeSpan DecayInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Below it a counter is nothing; default 0.01.</summary>
    public double DecayToZero { get; set; } = 0.01;

    /// <summary>How long a peer that is gone keeps a score that is not good; default 1 h.</summary>
    public TimeSpan Retain { get; set; } = TimeSpan.FromHours(1);
}
