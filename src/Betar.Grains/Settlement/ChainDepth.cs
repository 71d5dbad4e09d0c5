using Betar.Ethereum;

namespace Betar.Grains.Settlement;

/// <summary>What the last blocks say can still be taken back: how far down is enough.</summary>
internal sealed class ChainDepth(IChainClient chain, int confirmations)
{
    /// <summary>Whether the newest block already counts.</summary>
    public bool IsShallow => confirmations <= 1;

    /// <summary>Its own block counts as the first.</summary>
    public async Task<bool> HoldsAsync(ulong block) =>
        IsShallow || await chain.GetBlockNumberAsync(CancellationToken.None) + 1 >= block + (ulong)confirmations;

    /// <summary>The chain's clock where it can no longer be turned back.</summary>
    public async Task<ulong?> TimeAsync()
    {
        if (IsShallow)
            return await chain.GetBlockTimestampAsync(CancellationToken.None);
        ulong head = await chain.GetBlockNumberAsync(CancellationToken.None), back = (ulong)confirmations - 1;
        RpcOutcome<BlockHeader?> header = await chain.GetHeaderAsync(BlockTag.Number(head > back ? head - back : 0), CancellationToken.None);
        return header.TryGetValue(out BlockHeader? block) ? block?.Timestamp : null;
    }
}
