using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>The channels of a payer. A durable one is written before a voucher leaves.</summary>
public interface IBuyerChannels
{
    Task<BuyerChannel?> FindAsync(Hash32 channelId, CancellationToken cancellationToken);

    /// <summary>One step: false, and nothing is written, when the channel is not as it was before (null: not there).</summary>
    Task<bool> TryReplaceAsync(BuyerChannel? before, BuyerChannel after, CancellationToken cancellationToken);
}
