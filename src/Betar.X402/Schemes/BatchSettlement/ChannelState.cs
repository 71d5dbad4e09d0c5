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

    /// <summary>How it stands after a charge that the rules allow: the highest voucher stays.</summary>
    public ChannelState Charge(AtomicAmount maxClaimable, ReadOnlyMemory<byte> signature, AtomicAmount amount, string? step)
    {
        var isHigher = maxClaimable > SignedMax;
        return this with
        {
            Charged = Charged + amount, SignedMax = isHigher ? maxClaimable : SignedMax, Signature = isHigher ? signature : Signature, LastStep = step,
        };
    }

    public override string ToString() => $"channel {ChannelId}: {Charged} of {Balance}";
}
