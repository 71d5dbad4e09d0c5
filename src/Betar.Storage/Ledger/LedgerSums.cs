using Betar.Ethereum;
using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>Running sums of every asset, in a fixed order.</summary>
internal sealed class LedgerSums
{
    private readonly SortedDictionary<(ulong Chain, string Asset), (NetworkId Network, Address Asset, AssetSums Sums)> assets = [];
    private readonly Dictionary<(NetworkId, Address), AssetSums> byKey = [];

    public AssetSums For(NetworkId network, Address asset)
    {
        if (!byKey.TryGetValue((network, asset), out var sums))
        {
            byKey.Add((network, asset), sums = new AssetSums());
            assets.Add((network.ChainId, asset.ToLowerHex()), (network, asset, sums));
        }

        return sums;
    }

    public LedgerTotals ToTotals(long orders, long entries)
    {
        AtomicAmount came = default, delivered = default, refunded = default, held = default;
        var list = new List<LedgerAssetTotals>(assets.Count);
        foreach (var (network, asset, sums) in assets.Values)
        {
            came += sums.In;
            delivered += sums.Delivered;
            refunded += sums.Refunded;
            held += sums.Held;
            list.Add(sums.ToTotals(network, asset));
        }

        return new LedgerTotals(came, delivered, refunded, held, orders, entries, list);
    }
}
