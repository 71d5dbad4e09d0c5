namespace Betar.Marketplace.Replication;

/// <summary>How far a replica has come.</summary>
/// <param name="Settled">Nodes whose whole past is known.</param>
/// <param name="Loose">Nodes that wait for others.</param>
/// <param name="Wanted">Nodes that are being asked for.</param>
/// <param name="Absent">Nodes that nobody had.</param>
/// <param name="StoreBytes">Bytes of all nodes.</param>
/// <param name="Height">Of the highest head.</param>
public sealed record ReplicaProgress(long Settled, int Loose, int Wanted, int Absent, long StoreBytes, ulong Height);
