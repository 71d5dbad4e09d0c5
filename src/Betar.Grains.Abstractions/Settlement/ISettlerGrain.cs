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

    /// <summary>Brings a call onto the chain once, whoever asks and how often: the chain is asked before anything is sent.</summary>
    [Alias("SettleCall")]
    Task<SettlementResult> SettleCall(CallOrder order);

    /// <summary>Asks the chain what became of a call, and sends nothing.</summary>
    [Alias("ReconcileCall")]
    Task<SettlementResult> ReconcileCall(CallOrder order);
}
