using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Sets;

/// <summary>What a node whose past is not known yet says of a key.</summary>
internal sealed record LooseValue(NodeId Node, ulong Claim, ReadOnlyMemory<byte> Value, NodeOrigin Origin);
