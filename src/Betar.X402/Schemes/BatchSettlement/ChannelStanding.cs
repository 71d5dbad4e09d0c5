using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>How a channel stands on its chain.</summary>
/// <param name="RefundNonce">The nonce of its next refund.</param>
public sealed record ChannelStanding(AtomicAmount Balance, AtomicAmount TotalClaimed, UInt256 RefundNonce);
