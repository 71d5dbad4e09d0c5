namespace Betar.X402.Settling;

/// <summary>Brings payments onto chains. Asking again with the same key never makes it happen twice.</summary>
public interface ISettlementChannel
{
    Task<SettlementOutcome> SettleAsync(SettlementRequest request, CancellationToken cancellationToken);

    /// <summary>Asks what became of it, and sends nothing.</summary>
    Task<SettlementOutcome> LookUpAsync(SettlementRequest request, CancellationToken cancellationToken);
}
