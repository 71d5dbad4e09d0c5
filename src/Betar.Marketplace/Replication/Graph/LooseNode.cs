using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Graph;

/// <summary>A node that waits for some of its parents.</summary>
internal sealed class LooseNode(NodeId[] parents, ulong priority, int bytes, PeerId? teller)
{
    public NodeId[] Parents => parents;

    public ulong Priority => priority;

    public int Bytes => bytes;

    /// <summary>On whose word it was fetched.</summary>
    public PeerId? Teller => teller;

    public int Missing { get; set; }
}
