using Betar.Ethereum;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>The channels of a payer in a <see cref="BetarDatabase"/>: a step is told when it is on disk, so that no voucher leaves before.</summary>
public sealed class DurableBuyerChannels(BetarDatabase database) : IBuyerChannels
{
    public async Task<BuyerChannel?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) => await database.ReadAsync(
        channelId, static (reader, id) => BuyerChannelRows.Read(reader.Prepare(BuyerChannelRows.Select), id, reader.Connection.Path), cancellationToken);

    public async Task<bool> TryReplaceAsync(BuyerChannel? before, BuyerChannel after, CancellationToken cancellationToken) =>
        await database.WriteAsync(new BuyerChannelReplace(database.Prepared, before, after, cancellationToken));
}
