using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Fleet;
using Betar.Grains.Settlement;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace Betar.Grains.Payments;

/// <summary>
/// One payment. Turns are single-threaded, so concurrent copies wait here and get the answer of the first; the ledger's unique
/// key decides if ever two activations meet.
/// </summary>
[PreferLocalPlacement]
internal sealed partial class PaymentSessionGrain(
    ILedger ledger,
    IExecutorPolicy policy,
    RefundAccount refunds,
    SettlementAccount settlement,
    IOptions<PaymentOptions> options,
    IFaultPoints faults,
    TimeProvider time,
    ILogger<PaymentSessionGrain> log) : Grain, IPaymentSessionGrain
{
    /// <summary>Characters of a refund's reason that are kept.</summary>
    public const int MaxReasonLength = 512;

    private OrderState? _state;

    /// <summary>True from the moment this activation itself wrote "settled" until the answer of that call.</summary>
    private bool _settledHere;

    private IGrainTimer? _rest;

    private string PaymentId => this.GetPrimaryKeyString();

    public async Task<PaymentAnswer> Pay(PaidOrder order, Refusal? ifNew)
    {
        long started = time.GetTimestamp();
        bool mine = false;
        if (_state is null && ifNew is null)
        {
            faults.Reach(FaultPoint.BeforeReserve);
            mine = await TryReserve(order);
            faults.Reach(FaultPoint.AfterReserve);
        }
        _state ??= await Load();

        if (_state is null)
        {
            Rest();
            return PaymentAnswers.Refused(ifNew!, PaymentId);
        }
        if (!mine && !IsSameRequest(_state.Order, order))
            return PaymentAnswers.Conflict(PaymentId);

        return await Drive(mine, started);
    }

    public async Task<PaymentAnswer> Resume()
    {
        _state ??= await Load();
        return _state is null
            ? PaymentAnswers.Refused(new Refusal { Code = RefusalCodes.PaymentInvalid, Message = "No such payment." }, PaymentId)
            : await Drive(fresh: false, time.GetTimestamp());
    }

    /// <summary>Takes the order from where the ledger says it is to where it can go now.</summary>
    private async Task<PaymentAnswer> Drive(bool fresh, long started)
    {
        _settledHere = false;
        while (_state is { } state)
        {
            bool moved;
            switch (state.Stage)
            {
                case LedgerKind.Reserved:
                    moved = await Settle(state, fresh);
                    break;
                case LedgerKind.Settled:
                    await Execute(state, started);
                    moved = true;
                    break;
                case LedgerKind.RefundOwed:
                    moved = await Refund(state);
                    break;
                default:
                    Rest();
                    return PaymentAnswers.Of(state, PaymentId);
            }
            if (!moved)
                return PaymentAnswers.Of(_state, PaymentId);
        }
        throw new InvalidOperationException("An order that was stored is gone.");
    }

    /// <summary>
    /// An ended payment leaves memory soon, but not at once: copies that wait in line would be sent after it from activation to
    /// activation, and the engine gives up on a message that moved too often.
    /// </summary>
    private void Rest() => _rest ??= this.RegisterGrainTimer(
        _ =>
        {
            DeactivateOnIdle();
            return Task.CompletedTask;
        },
        new GrainTimerCreationOptions(options.Value.RestBeforeLeaving, Timeout.InfiniteTimeSpan));

    private async Task<bool> Settle(OrderState state, bool fresh)
    {
        TransferOrder transfer = TransferOrders.Of(state.Order);
        ISettlerGrain settler = GrainFactory.GetGrain<ISettlerGrain>(settlement.GrainKey);
        SettlementResult result = fresh ? await settler.Settle(transfer) : await SettleAgain(settler, transfer);
        faults.Reach(FaultPoint.AfterBroadcast);
        switch (result.State)
        {
            case SettlementState.Settled:
                _settledHere = await Append(LedgerKind.Settled, result.TransactionHash, default);
                faults.Reach(FaultPoint.AfterSettled);
                return true;
            case SettlementState.Refused:
                await Append(LedgerKind.Refused, result.Reason, default);
                return true;
            default:
                LogPending(log, PaymentId, result.Reason);
                return false;
        }
    }

    /// <summary>The first transaction may have happened: the chain is asked before anything is sent.</summary>
    private static async Task<SettlementResult> SettleAgain(ISettlerGrain settler, TransferOrder transfer)
    {
        SettlementResult known = await settler.Reconcile(transfer);
        return known.State == SettlementState.Unused ? await settler.Settle(transfer) : known;
    }

    private async Task Execute(OrderState state, long started)
    {
        // "Settled" stands for "may have started": only who wrote it may start, and after a crash only work that may be repeated is.
        if (!_settledHere && !policy.MayRetry(state.Order.AgentId))
        {
            await OweRefund("The seller was interrupted while it worked.");
            return;
        }

        AgentTaskResult? result = await RunTask(state, started);
        faults.Reach(FaultPoint.AfterExecute);
        if (result is null && _settledHere)
        {
            // The agent's silo is gone and the work may have started: once more from here, as after a crash.
            _settledHere = false;
            return;
        }
        if (result is not { Succeeded: true })
        {
            await OweRefund(result?.Reason ?? "The seller was interrupted while it worked.");
            return;
        }
        await Append(LedgerKind.Delivered, "", OrderState.Encode(result.Output));
        faults.Reach(FaultPoint.AfterDelivered);
    }

    /// <returns>What became of the task, or null when nobody is left who could say.</returns>
    private async Task<AgentTaskResult?> RunTask(OrderState state, long started)
    {
        TimeSpan left = options.Value.StreamBudget - time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
            return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.ExecutionFailed, Reason = "Settlement left no time for the task." };

        using var budget = new CancellationTokenSource(left, time);
        var request = new AgentTask { Input = state.Order.Input, Caller = state.Order.Caller, Order = PaymentId };
        try
        {
            // An executor that does not hear the cancellation does not hold the buyer's money either: the call ends with its token.
            return await GrainFactory.GetGrain<IAgentGrain>(state.Order.AgentId).Run(request, budget.Token);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested)
        {
            return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.ExecutionFailed, Reason = "The task took longer than it may." };
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            LogAgentLost(log, lost, PaymentId, state.Order.AgentId);
            return null;
        }
    }

    private async Task OweRefund(string reason)
    {
        // The reason may be an executor's own text; the ledger takes references of a bounded length only.
        reason = reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];
        await Append(LedgerKind.RefundOwed, reason, default);
        LogOwed(log, PaymentId, reason);
        faults.Reach(FaultPoint.AfterRefundOwed);
    }

    private async Task<bool> Refund(OrderState state)
    {
        TransferOrder transfer = refunds.Sign(state.Order, PaymentId, time.GetUtcNow() + options.Value.RefundValidity);
        SettlementResult result = await SettleAgain(GrainFactory.GetGrain<ISettlerGrain>(settlement.GrainKey), transfer);
        faults.Reach(FaultPoint.AfterRefundBroadcast);
        if (result.State != SettlementState.Settled)
        {
            LogRefundFailed(log, PaymentId, result.Reason);
            return false;
        }
        await Append(LedgerKind.Refunded, result.TransactionHash, default);
        faults.Reach(FaultPoint.AfterRefunded);
        return true;
    }

    private async Task<bool> TryReserve(PaidOrder order)
    {
        AppendResult result = await ledger.AppendAsync(New(0, LedgerKind.Reserved, order, "", OrderState.Encode(order)), CancellationToken.None);
        if (result.Status != AppendStatus.Appended)
            return ConflictOrThrow(result);
        _state = OrderState.Fold([result.Entry!]);
        return true;
    }

    /// <summary>Writes the next entry; when somebody else was faster, takes over what they wrote and says false.</summary>
    private async Task<bool> Append(LedgerKind kind, string reference, ReadOnlyMemory<byte> body)
    {
        OrderState state = _state!;
        AppendResult result = await ledger.AppendAsync(New(state.NextIndex, kind, state.Order, reference, body), CancellationToken.None);
        bool won = result.Status == AppendStatus.Appended || ConflictOrThrow(result);
        _state = won ? state.Then(result.Entry!) : await Load();
        return won;
    }

    /// <summary>Losing a race is expected; a closed ledger or an illegal step is a broken world, and nothing may go on.</summary>
    private bool ConflictOrThrow(AppendResult result) => result.Status == AppendStatus.Conflict
        ? false
        : throw new InvalidOperationException($"The ledger did not take an entry of payment '{PaymentId}': {result.Status}.");

    private LedgerAppend New(int index, LedgerKind kind, PaidOrder order, string reference, ReadOnlyMemory<byte> body)
    {
        if (!PaymentKey.TryParse(PaymentId, out PaymentKey key))
            throw new InvalidOperationException($"'{PaymentId}' is not a payment key.");
        return new LedgerAppend(key, index, kind, order.AgentId, AtomicAmount.Parse(order.Value), reference, body);
    }

    private async Task<OrderState?> Load()
    {
        if (!PaymentKey.TryParse(PaymentId, out PaymentKey key))
            throw new InvalidOperationException($"'{PaymentId}' is not a payment key.");
        return OrderState.Fold(await ledger.ReadAsync(key, CancellationToken.None));
    }

    private static bool IsSameRequest(PaidOrder stored, PaidOrder asked) =>
        stored.Fingerprint == asked.Fingerprint && stored.Peer == asked.Peer;
}
