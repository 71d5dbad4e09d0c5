namespace Betar.Grains.Abstractions.Settlement;

/// <summary>[network/account] The only one to use that account's transaction nonces.</summary>
[Alias("betar.ISettlerGrain")]
public interface ISettlerGrain : IGrainWithStringKey
{
    /// <summary>Brings the transfer onto the chain once; asking again never makes it happen twice.</summary>
    [Alias("Settle")]
    Task<SettlementResult> Settle(TransferOrder order);

    /// <summary>Asks the chain what became of a transfer, and sends nothing.</summary>
    [Alias("Reconcile")]
    Task<SettlementResult> Reconcile(TransferOrder order);
}
