using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Verification;

namespace Betar.Storage.Channels;

/// <summary>The channels of a seller in a <see cref="BetarDatabase"/>: a charge, and what is claimed, is one durable write, told when it is on disk.</summary>
public sealed class DurableChannelBook(BetarDatabase database, TimeProvider time) : IChannelBook, IChannelClaims
{
    public async Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) =>
        await database.ReadAsync(channelId, static (reader, id) => ChannelRows.Read(reader.Prepare(ChannelRows.Select), id, reader.Connection.Path), cancellationToken);

    public async Task DepositedAsync(PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ChannelFill(database.Prepared, channel, deposit, amount, cancellationToken));

    public async Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ChannelCharge(database.Prepared, channel, maxClaimable, signature, amount, step, time.GetUtcNow(), cancellationToken));

    public async Task<IReadOnlyList<ChannelState>> FindUnclaimedAsync(Hash32? after, int most, CancellationToken cancellationToken) => await database.ReadAsync(
        (after, most), static (reader, asked) => ChannelRows.ReadUnclaimed(reader, asked.after, asked.most), cancellationToken);

    public async Task<IReadOnlyList<ClaimRun>> FindOpenAsync(CancellationToken cancellationToken) =>
        await database.ReadAsync(0, static (reader, _) => ClaimRunRows.ReadOpen(reader), cancellationToken);

    public async Task<bool> BeginAsync(ClaimRun run, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ClaimRunBegin(database.Prepared, run, cancellationToken));

    public async Task EndAsync(ClaimRun run, IReadOnlyList<AtomicAmount> claimed, CancellationToken cancellationToken) =>
        await database.WriteAsync(new ClaimRunEnd(database.Prepared, run, claimed, time.GetUtcNow()));
}
