using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

public sealed record LedgerAssetTotals(
    NetworkId Network,
    Address Asset,
    AtomicAmount In,
    AtomicAmount Delivered,
    AtomicAmount Refunded,
    AtomicAmount Held)
{
    public bool Conserved => In == Delivered + Refunded + Held;
}
