using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>How a channel stands.</summary>
/// <param name="Charged">What was charged so far, all calls together.</param>
/// <param name="SignedMax">The highest voucher that is held.</param>
/// <param name="Signature">Its signature: with it the receiver claims.</param>
public sealed record ChannelState(Hash32 ChannelId, AtomicAmount Balance, AtomicAmount TotalClaimed, AtomicAmount Charged, AtomicAmount SignedMax, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Names the wish that the last charge fulfilled; null when it had no name.</summary>
    public string? LastStep { get; init; }

    /// <summary>What the channel is; null for one that an older book filled, until its next charge. Without it nothing can be claimed.</summary>
    public PaymentChannel? Channel { get; init; }

    /// <summary>Since when there is something to claim; null when there is nothing.</summary>
    public DateTimeOffset? UnclaimedSince { get; init; }

    /// <summary>A channel that nobody has filled yet.</summary>
    public static ChannelState New(PaymentChannel channel) => new(channel.Id, 0, 0, 0, 0, default) { Channel = channel };

    /// <summary>How it stands after a charge that the rules allow: the highest voucher stays.</summary>
    public ChannelState Charge(
        PaymentChannel channel, AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step, DateTimeOffset now)
    {
        var isHigher = maxClaimable > SignedMax;
        return this with
        {
            Channel = channel, Charged = Charged + amount, LastStep = step, UnclaimedSince = UnclaimedSince ?? now,
            SignedMax = isHigher ? maxClaimable : SignedMax, Signature = isHigher ? signature : Signature,
        };
    }

    /// <summary>How it stands when the chain says that so much is claimed, all claims together.</summary>
    public ChannelState Claim(AtomicAmount claimed, DateTimeOffset now) =>
        this with { TotalClaimed = claimed, UnclaimedSince = Charged > claimed ? now : null };

    public override string ToString() => $"channel {ChannelId}: {Charged} of {Balance}";
}
