using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Payments;

/// <summary>
/// Whether the refund account could pay back everything that is settled and not yet ended, and one more task: a seller that
/// promises refunds does not quote beyond that. Read at most once a second, never waited for by a request.
/// </summary>
public sealed partial class RefundFloat(
    Eip3009Token token, RefundAccount account, ILedger ledger, TimeProvider time, ILogger<RefundFloat> log)
{
    /// <summary>How long a figure is good.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    /// <summary>A figure older than this covers nothing.</summary>
    public static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private AtomicAmount _free;
    private long? _readAt;
    private Task _reading = Task.CompletedTask;

    /// <summary>True when the float covers what is held and this amount as well.</summary>
    public bool Covers(AtomicAmount amount)
    {
        lock (_gate)
        {
            TimeSpan? age = _readAt is { } readAt ? time.GetElapsedTime(readAt) : null;
            if ((age is null || age > Fresh) && _reading.IsCompleted)
                _reading = TryRefreshAsync();
            return age is not null && age <= Stale && _free >= amount;
        }
    }

    /// <summary>Reads balance and ledger now; called once before the first quote.</summary>
    public async Task RefreshAsync()
    {
        RpcOutcome<UInt256> balance = await token.BalanceOfAsync(account.Address, CancellationToken.None);
        if (!balance.IsValue)
        {
            LogUnreadable(log, balance.Status);
            return;
        }
        LedgerTotals totals = await ledger.TotalsAsync(CancellationToken.None);
        AtomicAmount funds = new(balance.Value);
        lock (_gate)
        {
            _free = funds > totals.Held ? funds - totals.Held : AtomicAmount.Zero;
            _readAt = time.GetTimestamp();
        }
    }

    /// <summary>Nobody waits for this reading: when it fails the old figure gets stale, and then covers nothing.</summary>
    private async Task TryRefreshAsync()
    {
        try
        {
            await RefreshAsync();
        }
        catch (Exception fault)
        {
            LogFault(log, fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the refund account must cover could not be read.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The refund account's balance could not be read: {Status}")]
    private static partial void LogUnreadable(ILogger logger, RpcStatus status);
}
