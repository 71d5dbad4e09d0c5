using System.Runtime.CompilerServices;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Cluster.Tests.Support;

/// <summary>A ledger as somebody who can write its file may show it: entries changed, or left out.</summary>
internal sealed class FalsifiedLedger(ILedger inner, Func<LedgerEntry, LedgerEntry?> change) : ILedger
{
    public async IAsyncEnumerable<LedgerEntry> QueryAsync(LedgerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry entry in inner.QueryAsync(query, cancellationToken))
            if (change(entry) is { } shown)
                yield return shown;
    }

    public ValueTask<AppendResult> AppendAsync(LedgerAppend append, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadAsync(PaymentKey payment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<bool> ExistsAsync(PaymentKey payment, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<PaymentKey>> OpenOrdersAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<LedgerReport> VerifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
