using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>What came in, and where it is. Amounts of different assets are added as units; <paramref name="Assets"/> has each alone.</summary>
/// <param name="In">Settled.</param>
/// <param name="Delivered">Earned.</param>
/// <param name="Refunded">Gone back.</param>
/// <param name="Held">Of orders that are settled or owe a refund.</param>
public sealed record LedgerTotals(
    AtomicAmount In,
    AtomicAmount Delivered,
    AtomicAmount Refunded,
    AtomicAmount Held,
    long Orders,
    long Entries,
    IReadOnlyList<LedgerAssetTotals> Assets)
{
    /// <summary>What came in = delivered + refunded + held, for each asset.</summary>
    public bool Conserved => Assets.All(asset => asset.Conserved);
}
