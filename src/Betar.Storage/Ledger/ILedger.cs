using Betar.X402;

namespace Betar.Storage.Ledger;

/// <summary>The only truth about money and orders: append-only, a chain of hashes per order, signed checkpoints over all.</summary>
public interface ILedger
{
    /// <summary>
    /// Completes when the entry is on disk. A refusal is a result; a failure of the store is a <see cref="StorageException"/>.
    /// Cancellation counts until the writer has taken the entry; after that the result is waited for.
    /// </summary>
    ValueTask<AppendResult> AppendAsync(LedgerAppend append, CancellationToken cancellationToken);

    /// <summary>The order's entries from index 0; empty when there is none.</summary>
    ValueTask<IReadOnlyList<LedgerEntry>> ReadAsync(PaymentKey payment, CancellationToken cancellationToken);

    ValueTask<bool> ExistsAsync(PaymentKey payment, CancellationToken cancellationToken);

    IAsyncEnumerable<LedgerEntry> QueryAsync(LedgerQuery query, CancellationToken cancellationToken);

    /// <summary>Orders whose last entry is Reserved, Settled or RefundOwed, oldest first.</summary>
    ValueTask<IReadOnlyList<PaymentKey>> OpenOrdersAsync(CancellationToken cancellationToken);

    ValueTask<LedgerTotals> TotalsAsync(CancellationToken cancellationToken);

    /// <summary>Walks everything and reports every fault.</summary>
    ValueTask<LedgerReport> VerifyAsync(CancellationToken cancellationToken);
}
