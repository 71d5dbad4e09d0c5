using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>Where a replica keeps itself. One replica uses it; nodes are also read by those who serve them.</summary>
public interface IReplicaStore
{
    ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken);

    /// <summary>All of it or nothing, on disk when it completes.</summary>
    ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken);

    ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken);

    /// <summary>The node without its bytes.</summary>
    ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken);

    /// <summary>Settled nodes after a sequence, in order, until their bytes are too many; at least one when there is one.</summary>
    ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken);
}
