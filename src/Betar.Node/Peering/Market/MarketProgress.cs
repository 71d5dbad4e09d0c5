namespace Betar.Node.Peering.Market;

/// <summary>How far a node has come with what others wrote.</summary>
/// <param name="Settled">Nodes of the replicated set whose whole past is known.</param>
/// <param name="Missing">Nodes and signed records that are on their way.</param>
/// <param name="Absent">Nodes that nobody has.</param>
/// <param name="Height">Of the highest head.</param>
/// <param name="Bytes">Of all nodes.</param>
internal sealed record MarketProgress(long Settled, long Missing, long Absent, ulong Height, long Bytes);
