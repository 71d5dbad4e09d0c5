using Betar.Blocks;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;

namespace Betar.Benchmarks.Marketplace;

/// <summary>Takes all blocks and keeps none.</summary>
internal sealed class NoBlocks : IPinnedBlocks, IBlockSource
{
    public ValueTask<bool> PinAsync(Cid root, IReadOnlyList<Block> blocks, bool publish, CancellationToken cancellationToken) => ValueTask.FromResult(true);

    public ValueTask UnpinAsync(Cid root, CancellationToken cancellationToken) => default;

    public ValueTask<long> RemoveUnpinnedAsync(CancellationToken cancellationToken) => default;

    public ValueTask<Block?> FetchAsync(Cid cid, IReadOnlyList<PeerId> likely, CancellationToken cancellationToken) => default;
}
