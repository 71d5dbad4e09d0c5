using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Cluster.Tests.Support;

/// <summary>A ledger whose entries can be waited for.</summary>
internal sealed class WatchedLedger(ILedger inner) : ILedger
{
    private readonly Lock _gate = new();
    private readonly List<(Func<LedgerEntry, bool> Wanted, TaskCompletionSource Seen)> _waiting = [];
    private LedgerKind? _raceToLose;
    private (LedgerKind Kind, AppendStatus Status)? _refusal;

    /// <summary>Runs before an append, and may throw.</summary>
    public Action<LedgerAppend>? Before { get; set; }

    /// <summary>Somebody asks what is open.</summary>
    public Action? Looked { get; set; }

    /// <summary>The next append of this kind comes a moment after another activation's, which wrote the same.</summary>
    public void LoseRaceOnce(LedgerKind kind) => _raceToLose = kind;

    /// <summary>The next append of this kind is not taken.</summary>
    public void RefuseOnce(LedgerKind kind, AppendStatus status) => _refusal = (kind, status);

    /// <summary>Completes with the next entry of this kind, of this order if one is named.</summary>
    public Task Next(LedgerKind kind, PaymentKey? payment = null) =>
        Next(entry => entry.Kind == kind && (payment is null || entry.Payment == payment));

    private Task Next(Func<LedgerEntry, bool> wanted)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting.Add((wanted, seen));
        return seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Completes when the order's last entry is of this kind, now or later.</summary>
    public async Task Until(LedgerKind kind, PaymentKey payment)
    {
        Task next = Next(kind, payment);
        if ((await inner.ReadAsync(payment, default)) is [.., var last] && last.Kind == kind)
            return;
        await next;
    }

    /// <summary>Completes when nothing is open any more.</summary>
    public async Task UntilAllEndedAsync()
    {
        while (await inner.OpenOrdersAsync(default) is [var open, ..])
        {
            Task moved = Next(entry => entry.Payment == open);
            if ((await inner.OpenOrdersAsync(default)).Contains(open))
                await moved;
        }
    }

    public async ValueTask<AppendResult> AppendAsync(LedgerAppend append, CancellationToken cancellationToken)
    {
        Before?.Invoke(append);
        if (_refusal is { } refusal && refusal.Kind == append.Kind)
        {
            _refusal = null;
            return new AppendResult(refusal.Status, null);
        }
        if (_raceToLose == append.Kind)
        {
            _raceToLose = null;
            Assert.Equal(AppendStatus.Appended, (await inner.AppendAsync(append, cancellationToken)).Status);
        }
        AppendResult result = await inner.AppendAsync(append, cancellationToken);
        if (result.Entry is { } entry && result.Status == AppendStatus.Appended)
            Tell(entry);
        return result;
    }

    public ValueTask<IReadOnlyList<LedgerEntry>> ReadAsync(PaymentKey payment, CancellationToken cancellationToken) =>
        inner.ReadAsync(payment, cancellationToken);

    public ValueTask<bool> ExistsAsync(PaymentKey payment, CancellationToken cancellationToken) =>
        inner.ExistsAsync(payment, cancellationToken);

    public IAsyncEnumerable<LedgerEntry> QueryAsync(LedgerQuery query, CancellationToken cancellationToken) =>
        inner.QueryAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<PaymentKey>> OpenOrdersAsync(CancellationToken cancellationToken)
    {
        Looked?.Invoke();
        return inner.OpenOrdersAsync(cancellationToken);
    }

    public ValueTask<LedgerTotals> TotalsAsync(CancellationToken cancellationToken) => inner.TotalsAsync(cancellationToken);

    public ValueTask<LedgerReport> VerifyAsync(CancellationToken cancellationToken) => inner.VerifyAsync(cancellationToken);

    private void Tell(LedgerEntry entry)
    {
        lock (_gate)
        {
            foreach ((Func<LedgerEntry, bool> wanted, TaskCompletionSource seen) in _waiting)
                if (wanted(entry))
                    seen.TrySetResult();
            _waiting.RemoveAll(wait => wait.Seen.Task.IsCompleted);
        }
    }
}
