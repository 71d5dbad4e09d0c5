using Betar.Marketplace.Replication.Store;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Tests.Replication.Support;

/// <summary>Breaks one commit: before it is made, or after it is made and before anybody hears of it.</summary>
internal sealed class FailingStore(IReplicaStore inner, int failAt, bool afterwards) : IReplicaStore
{
    public int Commits { get; private set; }

    public async ValueTask CommitAsync(ReplicaCommit commit, CancellationToken cancellationToken)
    {
        var fails = ++Commits == failAt;
        if (!fails || afterwards)
            await inner.CommitAsync(commit, cancellationToken);
        if (fails)
            throw new IOException("killed");
    }

    public ValueTask<ReplicaState> LoadAsync(CancellationToken cancellationToken) => inner.LoadAsync(cancellationToken);

    public ValueTask<NodeRow?> FindAsync(NodeId id, CancellationToken cancellationToken) => inner.FindAsync(id, cancellationToken);

    public ValueTask<NodeRow?> FindHeaderAsync(NodeId id, CancellationToken cancellationToken) => inner.FindHeaderAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<NodeRow>> ReadAsync(long after, int maxBytes, CancellationToken cancellationToken) => inner.ReadAsync(after, maxBytes, cancellationToken);
}
