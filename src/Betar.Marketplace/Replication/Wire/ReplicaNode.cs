namespace Betar.Marketplace.Replication.Wire;

/// <summary>A node as its bytes are read.</summary>
/// <param name="Id">The hash of the bytes.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Parents">The nodes that it stands on, each once.</param>
/// <param name="LinkCount">Links as written, repeated and foreign ones too.</param>
/// <param name="Delta">Null: it says nothing that can be read. It is still a node that others may stand on.</param>
internal sealed record ReplicaNode(NodeId Id, ReadOnlyMemory<byte> Data, NodeId[] Parents, int LinkCount, Delta? Delta)
{
    public ulong Priority => Delta?.Priority ?? 0;
}
