using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Settling;

namespace Betar.X402.Selling;

/// <summary>
/// Pays back what a seller owes, from one funded account. What cannot be paid now is tried again after longer and longer pauses; what was sent
/// by whomever and whenever is found by its nonce. For one caller at a time.
/// </summary>
public sealed class OwedRefunds
{
    private readonly IOwedPayments _owed;
    private readonly ISettlementChannel _channel;
    private readonly IChains _chains;
    private readonly PrivateKey _account;
    private readonly PaymentAssets _assets;
    private readonly OwedRefundOptions _options;
    private readonly TimeProvider _time;
    private readonly Dictionary<PaymentKey, (TimeSpan Pause, DateTimeOffset Due)> _waiting = [];

    /// <param name="account">The account's key, for as long as this lives. The account's tokens are what refunds are made of; gas is the channel's.</param>
    public OwedRefunds(
        IOwedPayments owed, ISettlementChannel channel, IChains chains, PrivateKey account, PaymentAssets assets, OwedRefundOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_owed, _channel, _chains, _account, _assets, _options, _time) = (owed, channel, chains, account, assets, options, time);
        Account = Address.FromKey(account);
    }

    public Address Account { get; }

    public TimeSpan Interval => _options.Interval;

    /// <summary>Tries every debt whose time has come.</summary>
    public async Task<IReadOnlyList<RefundReport>> RunAsync(CancellationToken cancellationToken)
    {
        var all = await _owed.ListAsync(cancellationToken);
        foreach (var gone in _waiting.Keys.Except(all.Select(debt => debt.Payment)).ToList())
        {
            _waiting.Remove(gone);
        }

        var reports = new List<RefundReport>();
        foreach (var debt in all.Where(IsDue).Take(_options.MaxPerLook).ToList())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var report = await PayBackAsync(debt, cancellationToken);
            reports.Add(report);
            if (report.End is not (RefundEnd.PaidBack or RefundEnd.Withdrawn))
            {
                Postpone(debt.Payment);
            }
        }

        return reports;
    }

    private async Task<RefundReport> PayBackAsync(OwedPayment debt, CancellationToken cancellationToken)
    {
        if (OwedMoney.Read(debt.Settlement) is not { } money || !_assets.TryFind(debt.Payment.Network, money.Token, out var asset))
        {
            return new RefundReport(debt, RefundEnd.ByHand);
        }

        // Before anything is signed: a buyer who asks again must not get the work as well.
        if (!await _owed.TakeAsync(debt.Payment, cancellationToken))
        {
            return new RefundReport(debt, RefundEnd.Withdrawn);
        }

        var outcome = await BringAsync(RequestOf(debt.Payment, money, asset), cancellationToken);
        if (outcome is not { Status: SettlementStatus.Settled, Transaction: { } transaction })
        {
            return new RefundReport(debt, EndOf(outcome));
        }

        // It happened, whatever becomes of the caller.
        await _owed.PaidBackAsync(debt.Payment, transaction.ToString(), CancellationToken.None);
        return new RefundReport(debt, RefundEnd.PaidBack, transaction.ToString());
    }

    private static RefundEnd EndOf(SettlementOutcome? outcome) =>
        outcome is null ? RefundEnd.Uncovered
        : outcome.Status == SettlementStatus.Used ? RefundEnd.ByHand
        : RefundEnd.Waiting;

    /// <returns>Null when the account has too little.</returns>
    private async Task<SettlementOutcome?> BringAsync(SettlementRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(_options.Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var known = await _channel.LookUpAsync(request, either.Token);
            if (known.Status != SettlementStatus.Unused)
            {
                return known;
            }

            if (!_chains.TryFind(request.Key.Network, out var chain))
            {
                return SettlementOutcome.Pending(detail: "there is no chain to ask");
            }

            var balance = await new Eip3009Token(chain, request.Transfer!.Token).BalanceOfAsync(Account, either.Token);
            return !balance.TryGetValue(out var units) ? SettlementOutcome.Pending(detail: "the chain cannot be asked")
                : units < request.Transfer.Value.Units ? null
                : await _channel.SettleAsync(request, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return SettlementOutcome.Pending(detail: "the chain has not answered in time");
        }
    }

    private SettlementRequest RequestOf(PaymentKey payment, OwedMoney money, PaymentAsset asset)
    {
        var authorization = RefundAuthorization.Sign(_account, asset, money.Payer, money.Amount, payment.ToString(), _time.GetUtcNow() + _options.Validity);
        return new SettlementRequest
        {
            Key = new PaymentKey(payment.Network, money.Token, Account, new Nonce(authorization.Nonce)),
            Call = Eip3009Token.Settle(money.Token, authorization),
            Transfer = new ExpectedTransfer(money.Token, Account, money.Payer, money.Amount),
            ValidBefore = authorization.ValidBefore,
            Authorization = authorization,
        };
    }

    private bool IsDue(OwedPayment debt) => !_waiting.TryGetValue(debt.Payment, out var waits) || _time.GetUtcNow() >= waits.Due;

    private void Postpone(PaymentKey payment)
    {
        var pause = _waiting.TryGetValue(payment, out var before) ? before.Pause + before.Pause : _options.Interval;
        pause = pause < _options.RetryCeiling ? pause : _options.RetryCeiling;
        _waiting[payment] = (pause, _time.GetUtcNow() + pause);
    }
}
