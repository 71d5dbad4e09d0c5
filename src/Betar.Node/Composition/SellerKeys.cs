using Betar.Crypto;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Composition;

/// <summary>The accounts of a seller: what it earns to, what sends transactions, what refunds come from, what signs the ledger.</summary>
internal sealed class SellerKeys : IDisposable
{
    public const string Wallet = "wallet";
    public const string SettlerName = "settler";
    public const string RefundName = "refund";
    public const string LedgerName = "ledger";

    private readonly List<PrivateKey> _all;

    private SellerKeys(List<PrivateKey> all) => _all = all;

    public PrivateKey Payee => _all[0];

    public PrivateKey Refund => _all[1];

    public PrivateKey Ledger => _all[2];

    /// <summary>One at least; the first is of every node, more are added by number.</summary>
    public IReadOnlyList<PrivateKey> Settlers => _all[3..];

    public static Checked<SellerKeys> LoadOrCreate(Wallets wallets, int settlers = 1)
    {
        List<PrivateKey> keys = [];
        IEnumerable<string> more = Enumerable.Range(2, settlers - 1).Select(number => $"{SettlerName}-{number}");
        foreach (string name in new[] { Wallet, RefundName, LedgerName, SettlerName }.Concat(more))
        {
            Checked<PrivateKey> key = wallets.LoadOrCreate(name);
            if (!key.IsOk)
            {
                keys.ForEach(loaded => loaded.Dispose());
                return key.Refusal;
            }
            keys.Add(key.Value);
        }
        return new SellerKeys(keys);
    }

    public void Dispose() => _all.ForEach(key => key.Dispose());
}
