using Betar.Grains.Abstractions.Settlement;

namespace Betar.Grains.Settlement;

/// <summary>Who brings the payments of buyers onto the chain. What became of one is for the chain to say, whoever brought it there.</summary>
public interface IPaymentSettling
{
    /// <param name="own">Our own account's settler for this payment, and its eye on the chain.</param>
    /// <param name="payment">The payment's key: the same for every repeat.</param>
    /// <param name="transfer">What the payer signed; looked up before, when it may have been sent already.</param>
    Task<SettlementResult> SettleAsync(ISettlerGrain own, string payment, TransferOrder transfer);

    /// <summary>Why nothing could be sent now, as the begin of a sentence; null when it could.</summary>
    ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken);
}
