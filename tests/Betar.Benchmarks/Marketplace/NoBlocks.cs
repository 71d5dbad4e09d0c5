using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Takes all blocks and keeps none.</summary>
internal sealed class NoBlocks : IBlockStore, IBlockSource
{
    public ValueTask<ReadOnlyMemory<byte>?> FindAsync(Cid cid, CancellationToken cancellationToken) => default;

    public ValueTask<bool> HasAsync(Cid cid, CancellationToken cancellationToken) => default;

    public ValueTask<bool> PutAsync(IReadOnlyList<Block> blocks, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask RemoveAsync(IReadOnlyList<Cid> cids, CancellationToken cancellationToken) => default;

    public ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken) => default;
}
