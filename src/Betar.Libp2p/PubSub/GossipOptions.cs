using Betar.Libp2p.Identity;

namespace Betar.Libp2p.PubSub;

/// <summary>All that can be set of <see cref="GossipSub"/>. The defaults are those of the public network where it has one.</summary>
public sealed class GossipOptions
{
    public GossipMeshOptions Mesh { get; set; } = new();

    public GossipLimitOptions Limits { get; set; } = new();

    public GossipScoreOptions Score { get; set; } = new();

    /// <summary>Send own messages to every peer of the topic whose score is high enough, not only to the mesh; default true.</summary>
    public bool FloodPublish { get; set; } = true;

    /// <summary>
    /// Recommend others to peers for whom there is no place in a mesh, and look at those who are recommended so (PX); default false, because it lets
    /// peers choose whom we meet. What is recommended is dialled by a discovery that has <see cref="GossipSub.RecommendedPeers"/> among its sources.
    /// </summary>
    public bool PeerExchange { get; set; }

    /// <summary>Peers that get every message and whose messages are always looked at; they are in nobody's mesh. Both sides should name each other; default none.</summary>
    public IList<PeerId> DirectPeers { get; set; } = [];

    /// <summary>Topics of others that are remembered although this host has not joined them; default all, up to the limit.</summary>
    public Predicate<string> TopicFilter { get; set; } = static _ => true;

    /// <summary>Sequence numbers of own messages are above this, for a host that remembers its last one; default 0: the clock alone decides.</summary>
    public ulong SequencesAbove { get; set; }

    /// <summary>Every fault at once, in words; none: the options can be used.</summary>
    public IReadOnlyList<string> Validate() => [.. GossipOptionFaults.Find(this)];
}
