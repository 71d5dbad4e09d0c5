using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>
/// The running sums of one asset. They cannot overflow: an amount has at most <see cref="MaxAmountDigits"/> digits (190 bits), and
/// there are fewer than 2^63 entries.
/// </summary>
internal sealed class AssetSums
{
    public const int MaxAmountDigits = 57;

    private static readonly AtomicAmount Limit = AtomicAmount.Parse("1" + new string('0', MaxAmountDigits));

    public AtomicAmount In { get; set; }

    public AtomicAmount Delivered { get; set; }

    public AtomicAmount Refunded { get; set; }

    public AtomicAmount Held { get; set; }

    public static bool Fits(AtomicAmount amount) => amount < Limit;

    /// <summary>Takes an entry that follows legally on what is summed already.</summary>
    public void Add(LedgerKind kind, AtomicAmount amount)
    {
        switch (kind)
        {
            case LedgerKind.Settled:
                In += amount;
                Held += amount;
                break;
            case LedgerKind.Delivered:
                Delivered += amount;
                Held -= amount;
                break;
            case LedgerKind.Refunded:
                Refunded += amount;
                Held -= amount;
                break;
        }
    }

    public LedgerAssetTotals ToTotals(NetworkId network, Address asset) => new(network, asset, In, Delivered, Refunded, Held);
}
