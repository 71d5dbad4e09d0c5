using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Verification;
using Orleans;

namespace Betar.Benchmarks.X402.Vouchers;

/// <summary>A book whose channels are grains: one writer each, and a charge is there when it is on the disk.</summary>
internal sealed class GrainChannelBook(IGrainFactory grains) : IChannelBook
{
    public async Task<ChannelState?> FindAsync(Hash32 channelId, CancellationToken cancellationToken) => StateOf(channelId, await Grain(channelId).Read());

    public Task DepositedAsync(PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellationToken) =>
        Grain(channel.Id).Open(amount.ToString());

    public async Task<(VerificationOutcome Outcome, ChannelState? State)> ChargeAsync(
        PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, CancellationToken cancellationToken)
    {
        ChannelAccount? charged = await Grain(channel.Id).Charge(maxClaimable.ToString(), signature.ToArray(), amount.ToString());
        return charged is null
            ? throw new InvalidOperationException("A good voucher was refused.")
            : (VerificationOutcome.Accepted, StateOf(channel.Id, charged));
    }

    internal static ChannelState StateOf(Hash32 channelId, ChannelAccount account) => new(
        channelId, AtomicAmount.Parse(account.Balance), 0, AtomicAmount.Parse(account.Charged), AtomicAmount.Parse(account.SignedMax), account.Signature);

    private IChannelGrain Grain(Hash32 channelId) => grains.GetGrain<IChannelGrain>(channelId.ToString());
}
