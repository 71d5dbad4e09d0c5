using Betar.Ethereum;
using Betar.X402.Verification;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>The channels of a seller. Each has one writer: a charge is one durable step, and none is made twice.</summary>
public interface IChannelBook
{
    Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken);

    /// <summary>The deposit is on the chain. Adding the same one again changes nothing.</summary>
    Task DepositedAsync(PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken);

    /// <summary>
    /// Charges at most what the voucher signs; keeps the voucher. The last step under the same name and voucher is not charged again, and
    /// is accepted again: its answer may have been lost.
    /// </summary>
    Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken);
}
