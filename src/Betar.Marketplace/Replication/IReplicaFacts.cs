using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Replication;

/// <summary>What a replica knows beside the values: for receipts and explanations.</summary>
public interface IReplicaFacts
{
    /// <summary>The nodes that the next write of ours stands on.</summary>
    IReadOnlyList<Cid> Heads { get; }

    /// <summary>Which peers said that they have which head, newest last; bounded.</summary>
    IReadOnlyList<HeadSighting> Sightings { get; }

    /// <summary>When each peer last told heads.</summary>
    IReadOnlyDictionary<PeerId, DateTimeOffset> LastGossip { get; }

    ReplicaProgress Progress { get; }

    /// <summary>Writings of a key without effect, and why.</summary>
    ValueTask<IReadOnlyList<QuarantinedEntry>> QuarantinedAsync(string key);

    /// <summary>The peers that said that they have the node, or a head that stands on it, each with the first such head.</summary>
    ValueTask<IReadOnlyList<HeadSighting>> HoldersAsync(Cid node, CancellationToken cancellationToken);
}
