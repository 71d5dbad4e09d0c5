using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Multiformats;
using Betar.Marketplace.Replication.Wire;

namespace Betar.Marketplace.Replication.Store;

/// <summary>A replica's nodes in front of other blocks, for those who fetch and for strangers who ask. Nodes are put only by the replica itself.</summary>
/// <param name="nodes">All of them are for everybody.</param>
/// <param name="others">What else is kept.</param>
/// <param name="published">What of it is for everybody.</param>
public sealed class ReplicaBlockStore(IReplicaStore nodes, IBlockStore others, IPublishedBlocks published) : IBlockStore, IPublishedBlocks
{
    public async ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) =>
        await FindNodeAsync(cid, cancellationToken) is { } row ? row.Data : await others.FindAsync(cid, cancellationToken);

    public async ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) =>
        (NodeId.TryFrom(cid, out var id) && await nodes.FindHeaderAsync(id, cancellationToken) is not null) || await others.HasAsync(cid, cancellationToken);

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken) => others.PutAsync(blocks, cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken) => others.RemoveAsync(cids, cancellationToken);

    async ValueTask<int?> IPublishedBlocks.LengthAsync(Cid cid, CancellationToken cancellationToken) =>
        await FindNodeAsync(cid, cancellationToken) is { } row ? row.Data.Length : await published.LengthAsync(cid, cancellationToken);

    async ValueTask<ReadOnlyMemory<byte>?> IPublishedBlocks.FindAsync(Cid cid, CancellationToken cancellationToken) =>
        await FindNodeAsync(cid, cancellationToken) is { } row ? row.Data : await published.FindAsync(cid, cancellationToken);

    private async ValueTask<NodeRow?> FindNodeAsync(Cid cid, CancellationToken cancellationToken) =>
        NodeId.TryFrom(cid, out var id) ? await nodes.FindAsync(id, cancellationToken) : null;
}
