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

    private SellerKeys(PrivateKey payee, PrivateKey settler, PrivateKey refund, PrivateKey ledger)
    {
        Payee = payee;
        Settler = settler;
        Refund = refund;
        Ledger = ledger;
    }

    public PrivateKey Payee { get; }

    public PrivateKey Settler { get; }

    public PrivateKey Refund { get; }

    public PrivateKey Ledger { get; }

    public static Checked<SellerKeys> LoadOrCreate(Wallets wallets)
    {
        List<PrivateKey> keys = [];
        foreach (string name in new[] { Wallet, SettlerName, RefundName, LedgerName })
        {
            Checked<PrivateKey> key = wallets.LoadOrCreate(name);
            if (!key.IsOk)
            {
                keys.ForEach(loaded => loaded.Dispose());
                return key.Refusal;
            }
            keys.Add(key.Value);
        }
        return new SellerKeys(keys[0], keys[1], keys[2], keys[3]);
    }

    public void Dispose()
    {
        Payee.Dispose();
        Settler.Dispose();
        Refund.Dispose();
        Ledger.Dispose();
    }
}
