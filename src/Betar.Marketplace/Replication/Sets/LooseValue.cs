using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>What a node whose past is not known yet says of a key.</summary>
internal sealed record LooseValue(NodeId Node, ulong Claim, ReadOnlyMemory<byte> Value, NodeOrigin Origin)
{
    /// <summary>It is shown as if its claim were its height.</summary>
    public Winner ToWinner() => new(Node, Claim, Value, null, Origin);
}
