using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Verification;

namespace Betar.Storage.Channels;

/// <summary>The channels of a seller in a <see cref="BetarDatabase"/>: a charge is one durable write, told when it is on disk.</summary>
public sealed class DurableChannelBook(BetarDatabase database) : IChannelBook
{
    public async Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) =>
        await database.ReadAsync(channelId, static (reader, id) => ChannelRows.Read(reader.Prepare(ChannelRows.Select), id, reader.Connection.Path), cancellationToken);

    public async Task DepositedAsync(Hash32 channelId, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ChannelFill(database.Prepared, channelId, deposit, amount, cancellationToken));

    public async Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        Hash32 channelId, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ChannelCharge(database.Prepared, channelId, maxClaimable, signature, amount, step, cancellationToken));
}
