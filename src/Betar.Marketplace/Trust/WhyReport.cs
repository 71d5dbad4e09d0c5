using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Exchange;
using Betar.Marketplace.Replication;

namespace Betar.Marketplace.Trust;

/// <summary>Why a listing is shown as it is, or is not shown.</summary>
public sealed record WhyReport
{
    public required string Id { get; init; }

    /// <summary>Where it stands in the replicated set.</summary>
    public required string Key { get; init; }

    /// <summary>Buyers of this node see it.</summary>
    public required bool IsVisible { get; init; }

    public required TrustLevel Trust { get; init; }

    /// <summary>In whole sentences, the weightiest first.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The version of the signed record; null: there is none.</summary>
    public ulong? Version { get; init; }

    public bool IsWithdrawn { get; init; }

    public DateTimeOffset? Expires { get; init; }

    /// <summary>The signed record's block.</summary>
    public Cid? Record { get; init; }

    /// <summary>The node of the replicated set that carries its value; null: the set has none.</summary>
    public Cid? Node { get; init; }

    public ulong? Height { get; init; }

    /// <summary>Who was first to broadcast that node; null: nobody, it was walked to or is ours.</summary>
    public PeerId? BroadcastBy { get; init; }

    /// <summary>When the replicated set last changed here, or the seller last spoke.</summary>
    public DateTimeOffset? LastGossip { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    public bool IsContested { get; init; }

    /// <summary>The heads of this node's replica.</summary>
    public IReadOnlyList<Cid> Heads { get; init; } = [];

    /// <summary>Writings of its key that have no effect here, and why.</summary>
    public IReadOnlyList<QuarantinedEntry> Quarantined { get; init; } = [];

    /// <summary>Peers that are known to hold this version; only of our own listings.</summary>
    public IReadOnlyList<Holder> Holders { get; init; } = [];

    /// <summary>What gossip thinks of the seller and of who broadcast it; only those that it knows.</summary>
    public IReadOnlyDictionary<PeerId, double> PathScores { get; init; } = new Dictionary<PeerId, double>();
}
