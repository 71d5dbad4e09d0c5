namespace Betar.Ethereum;

/// <summary>What must be known of a transaction to follow it.</summary>
public sealed record WatchedTransaction(Hash32 Hash, Address Sender, ulong Nonce)
{
    public static WatchedTransaction Of(SignedTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new WatchedTransaction(transaction.Hash, transaction.Sender, transaction.Transaction.Nonce);
    }
}
