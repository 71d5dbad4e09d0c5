namespace Betar.X402.Selling;

/// <summary>What a seller owes, for whoever pays it back.</summary>
public interface IOwedPayments
{
    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<OwedPayment>> ListAsync(CancellationToken cancellationToken);

    /// <summary>From now on the money goes back, and the work is not begun again for it. False when nothing is owed any more.</summary>
    Task<bool> TakeAsync(PaymentKey key, CancellationToken cancellationToken);

    /// <summary>The money went back in this transaction; false when nothing was owed for this payment.</summary>
    Task<bool> PaidBackAsync(PaymentKey key, string transaction, CancellationToken cancellationToken);
}
