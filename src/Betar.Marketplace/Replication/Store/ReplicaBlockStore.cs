using Betar.Blocks;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>A replica's nodes in front of other blocks, for those who fetch. Nodes are put only by the replica itself.</summary>
public sealed class ReplicaBlockStore(IReplicaStore nodes, IBlockStore others) : IBlockStore
{
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) =>
        NodeId.TryFrom(cid, out var id) && await nodes.FindAsync(id, cancellationToken) is { } row ? row.Data : await others.FindAsync(cid, cancellationToken);

    public async ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) =>
        (NodeId.TryFrom(cid, out var id) && await nodes.FindHeaderAsync(id, cancellationToken) is not null) || await others.HasAsync(cid, cancellationToken);

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken) => others.PutAsync(blocks, cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken) => others.RemoveAsync(cids, cancellationToken);
}
