using Betar.Blocks.Diagnostics;
using Betar.Blocks.Exchange;
using Betar.Blocks.Store;

namespace Betar.Storage.Blocks;

/// <summary>The blocks of a database: kept, pinned, and served as far as they are pinned for everybody.</summary>
public interface IMarketBlocks : IBlockStore, IPinnedBlocks, IPublishedBlocks
{
    /// <summary>Limits that were hit since the start, by name.</summary>
    BlocksMeter Meter { get; }

    /// <summary>Bytes of all blocks.</summary>
    ValueTask<long> BytesAsync(CancellationToken cancellationToken);
}
