using Betar.Ethereum;

namespace Betar.X402.Settling;

/// <summary>From times to blocks.</summary>
internal static class BlockSearch
{
    /// <summary>A block at or before the first one of that time: nothing from then on stands in an older one.</summary>
    /// <exception cref="ChainUnavailableException">The chain did not answer.</exception>
    internal static async Task<ulong> FirstSinceAsync(IChainClient chain, ulong seconds, CancellationToken cancellationToken)
    {
        var (low, high) = (0UL, await chain.GetBlockNumberAsync(cancellationToken));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var header = await chain.GetHeaderAsync(BlockTag.Number(middle), cancellationToken);
            if (!header.TryGetValue(out var block) || block is null)
            {
                // A node that has let old blocks go still has their logs or has not: it is asked for all that it has.
                low = header.IsValue ? middle + 1 : throw new ChainUnavailableException(header.Describe());
            }
            else if (block.Timestamp < seconds)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
