using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>How a channel stands.</summary>
/// <param name="Charged">What was charged so far, all calls together.</param>
/// <param name="SignedMax">The highest voucher that is held.</param>
/// <param name="Signature">Its signature: with it the receiver claims.</param>
public sealed record ChannelState(Hash32 ChannelId, AtomicAmount Balance, AtomicAmount TotalClaimed, AtomicAmount Charged, AtomicAmount SignedMax, ReadOnlyMemory<byte> Signature)
{
    public override string ToString() => $"channel {ChannelId}: {Charged} of {Balance}";
}
