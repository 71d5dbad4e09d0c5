using Betar.Libp2p.Multiformats;

namespace Betar.Blocks.Store;

/// <summary>
/// Blocks that are here to stay. What was merely put may give way to other blocks when there is no room, and no stranger gets it.
/// </summary>
public interface IPinnedBlocks
{
    /// <summary>Keeps blocks, all or none, as long as their root is pinned. An earlier pin of the same root is replaced.</summary>
    /// <param name="root">What they belong to, for example the last one of a file's blocks.</param>
    /// <param name="blocks">All that is to stay, the root too.</param>
    /// <param name="publish">Strangers may have them.</param>
    /// <param name="cancellationToken">To give up before it is written.</param>
    /// <returns>False: there is no room even when all that is not pinned goes.</returns>
    ValueTask<bool> PinAsync(Cid root, IReadOnlyList<Block> blocks, bool publish, CancellationToken cancellationToken);

    /// <summary>Strangers get what belongs to the root no more, and it goes when its room is needed; unless another root has it too.</summary>
    ValueTask UnpinAsync(Cid root, CancellationToken cancellationToken);

    /// <summary>Removes all that is not pinned.</summary>
    /// <returns>How many bytes that were.</returns>
    ValueTask<long> RemoveUnpinnedAsync(CancellationToken cancellationToken);
}
