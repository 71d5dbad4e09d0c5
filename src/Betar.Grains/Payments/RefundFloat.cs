using Betar.Ethereum;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Payments;

/// <summary>
/// Whether the refund account could pay back everything that is settled and not yet ended, and one more task: a seller that
/// promises refunds does not quote beyond that.
/// </summary>
public sealed partial class RefundFloat
{
    private readonly Eip3009Token _token;
    private readonly RefundAccount _account;
    private readonly ILedger _ledger;
    private readonly ILogger<RefundFloat> _log;
    private readonly KeptReading<Funds> _funds;

    public RefundFloat(Eip3009Token token, RefundAccount account, ILedger ledger, TimeProvider time, ILogger<RefundFloat> log)
    {
        _token = token;
        _account = account;
        _ledger = ledger;
        _log = log;
        _funds = new KeptReading<Funds>(TryReadAsync, time);
    }

    /// <summary>True when the float covers what is held and this amount as well.</summary>
    public async ValueTask<bool> CoversAsync(AtomicAmount amount) => await _funds.GetAsync() is { } funds && funds.Free >= amount;

    /// <summary>Reads balance and ledger now; called once before the first quote.</summary>
    public Task RefreshAsync() => _funds.RefreshAsync();

    /// <summary>When it fails the old figure gets stale, and then covers nothing.</summary>
    private async Task<Funds?> TryReadAsync()
    {
        try
        {
            RpcOutcome<UInt256> balance = await _token.BalanceOfAsync(_account.Address, CancellationToken.None);
            if (!balance.IsValue)
            {
                LogUnreadable(_log, balance.Status);
                return null;
            }
            LedgerTotals totals = await _ledger.TotalsAsync(CancellationToken.None);
            AtomicAmount funds = new(balance.Value);
            return new Funds(funds > totals.Held ? funds - totals.Held : AtomicAmount.Zero);
        }
        catch (Exception fault)
        {
            LogFault(_log, fault);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What the refund account must cover could not be read.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The refund account's balance could not be read: {Status}")]
    private static partial void LogUnreadable(ILogger logger, RpcStatus status);

    private sealed record Funds(AtomicAmount Free);
}
