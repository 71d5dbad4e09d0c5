using System.Collections.Concurrent;
using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>Channels of this process. After its end their money is to be had back only by the contract's withdrawal.</summary>
public sealed class MemoryBuyerChannels : IBuyerChannels
{
    private readonly ConcurrentDictionary<Hash32, BuyerChannel> _channels = [];

    public Task<BuyerChannel?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) => Task.FromResult(_channels.GetValueOrDefault(channelId));

    public Task<bool> TryReplaceAsync(BuyerChannel? before, BuyerChannel after, CancellationToken cancellationToken) =>
        Task.FromResult(before is null ? _channels.TryAdd(after.Id, after) : _channels.TryUpdate(after.Id, after, before));
}
