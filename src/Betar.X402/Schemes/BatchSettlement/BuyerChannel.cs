using Betar.Ethereum;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>A channel as its payer keeps it.</summary>
/// <param name="Balance">What was deposited, as far as the seller confirmed it.</param>
/// <param name="Charged">What the seller said that it charged, all calls together.</param>
/// <param name="SignedMax">The highest voucher that was ever signed: no more can be taken, whatever the seller says.</param>
/// <param name="Filling">A deposit that was signed and not confirmed yet.</param>
/// <param name="Waiting">The voucher that is on its way, by what it signs; what became of it is not known. Null for none.</param>
public sealed record BuyerChannel(Hash32 Id, AtomicAmount Balance, AtomicAmount Charged, AtomicAmount SignedMax, AtomicAmount Filling, AtomicAmount? Waiting)
{
    public static BuyerChannel New(Hash32 id) => new(id, 0, 0, 0, 0, null);
}
