using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Reads of pages wait until they are let go.</summary>
internal sealed class HeldStore(IReplicaStore inner, Task letGo) : IReplicaStore
{
    public async ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken)
    {
        await letGo;
        return await inner.ReadAsync(after, maxBytes, cancellationToken);
    }

    public ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

    public ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken) => inner.CommitAsync(commit, cancellationToken);

    public ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken) => inner.FindHeaderAsync(id, cancellationToken);
}
