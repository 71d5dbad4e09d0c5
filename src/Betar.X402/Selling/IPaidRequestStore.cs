using Betar.Ethereum;

namespace Betar.X402.Selling;

/// <summary>
/// Which request each payment pays for, and what it was answered. One that is durable keeps its promises over a restart; every
/// answer is kept for at least 24 hours.
/// </summary>
public interface IPaidRequestStore
{
    /// <summary>
    /// Ties the payment to the request at its first use. While another holds it for the same request, waits for what becomes of it.
    /// </summary>
    Task<PaidEntry> BeginAsync(PaymentKey key, Hash32 fingerprint, CancellationToken cancellationToken);

    /// <summary>Keeps what the handler answered before the money moves.</summary>
    Task PrepareAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken);

    /// <summary>The final answer.</summary>
    Task CompleteAsync(PaymentKey key, StoredAnswer answer, CancellationToken cancellationToken);

    /// <summary>Lets the next request go on where this one stopped: the payment stays tied to its request.</summary>
    Task YieldAsync(PaymentKey key, CancellationToken cancellationToken);

    /// <summary>Nothing was settled and nothing will be: the payment is as if it had never been seen.</summary>
    Task ReleaseAsync(PaymentKey key, CancellationToken cancellationToken);
}
