using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>What a receiver takes out of one channel: up to the voucher, all that it charged so far.</summary>
/// <param name="TotalClaimed">Everything together, earlier claims included.</param>
public sealed record BatchClaim(ChannelConfig Config, AtomicAmount MaxClaimable, ReadOnlyMemory<byte> Signature, AtomicAmount TotalClaimed)
{
    /// <summary>The claim that a channel's state allows; null when there is nothing new to claim.</summary>
    public static BatchClaim? Of(ChannelConfig config, ChannelState state) =>
        state.Charged > state.TotalClaimed && state.Charged <= state.SignedMax ? new(config, state.SignedMax, state.Signature, state.Charged) : null;

    /// <summary>With the voucher's signature money is taken: it is not printed.</summary>
    public override string ToString() => $"claim of {TotalClaimed}";
}
