using Betar.Marketplace.Records;
using Betar.Libp2p.Multiformats;

namespace Betar.Marketplace.Selling;

/// <summary>A listing of this node, and how others treat it.</summary>
internal sealed class OwnListing(SignedListing signed)
{
    public SignedListing Signed { get; set; } = signed;

    /// <summary>The node of the replicated set that carries it; null: none that we wrote since the start.</summary>
    public Cid? Node { get; set; }

    /// <summary>How often in a row it had to be said again.</summary>
    public int Reassertions { get; set; }

    public DateTimeOffset LastWrittenAt { get; set; } = DateTimeOffset.MinValue;
}
