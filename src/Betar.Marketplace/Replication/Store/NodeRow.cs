using Betar.Libp2p.Identity;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>A node that is kept.</summary>
/// <param name="Id">The hash of its bytes.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Sequence">Its place in the order in which nodes were settled; 0: not settled.</param>
/// <param name="Height">One more than the greatest of its parents; 0: not settled.</param>
/// <param name="Priority">What it says of its height.</param>
/// <param name="Verdict">Why all of it has no effect.</param>
/// <param name="IsOwn">We wrote it.</param>
/// <param name="FirstFrom">Who told it first as a head.</param>
/// <param name="SeenAt">When it was taken.</param>
public sealed record NodeRow(
    NodeId Id, ReadOnlyMemory<byte> Data, long Sequence, ulong Height, ulong Priority, QuarantineReason Verdict, bool IsOwn, PeerId? FirstFrom, DateTimeOffset SeenAt)
{
    public bool IsSettled => Sequence != 0;
}
