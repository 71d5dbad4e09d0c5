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
/// One payment, driven along the <see cref="PaymentMachine"/>. Turns are single-threaded, so concurrent copies wait here and get the answer
/// of the first; the ledger's unique key decides if ever two activations meet.
/// </summary>
[PreferLocalPlacement]
internal sealed partial class PaymentSessionGrain(
    ILedger ledger,
    IExecutorPolicy policy,
    RefundAccount refunds,
    SettlementAccounts settlement,
    IPaymentSettling settling,
    IOptions<PaymentOptions> options,
    IFaultPoints faults,
    TimeProvider time,
    ILogger<PaymentSessionGrain> log) : Grain, IPaymentSessionGrain
{
    /// <summary>Characters of a refund's reason that are kept.</summary>
    public const int MaxReasonLength = 512;

    private const string InterruptedReason = "The seller was interrupted while it worked.";

    private OrderJournal? _journal;
    private IGrainTimer? _rest;

    /// <summary>Why the chain has not said yet, the last time that it was asked.</summary>
    private string _silence = "";

    private string PaymentId => this.GetPrimaryKeyString();

    private OrderJournal Journal => _journal ??= new OrderJournal(ledger, PaymentId);

    private ISettlerGrain Settler => GrainFactory.GetGrain<ISettlerGrain>(settlement.For(PaymentId).GrainKey);

    public async Task<PaymentAnswer> Pay(PaidOrder order, Refusal? ifNew)
    {
        long started = time.GetTimestamp();
        bool mine = false;
        if (Journal.State is null && ifNew is null)
        {
            faults.Reach(FaultPoint.BeforeReserve);
            using (PaymentStage.Begin(PaymentStage.Reserve, PaymentId, time))
                mine = await Journal.TryReserveAsync(order);
            faults.Reach(FaultPoint.AfterReserve);
        }
        else if (Journal.State is null)
        {
            await Journal.LoadAsync();
        }

        if (Journal.State is not { } state)
        {
            Rest();
            return PaymentAnswers.Refused(ifNew!, PaymentId);
        }
        if (!mine && !IsSameRequest(state.Order, order))
            return PaymentAnswers.Conflict(PaymentId);
        if (!mine)
            Journal.ForgetMemory();
        return await Drive(started);
    }

    public Task<PaymentAnswer> PayInPieces(PaidOrder order, Refusal? ifNew) => Pay(order with { Waits = true }, ifNew);

    public async Task<PaymentAnswer> Resume()
    {
        if (Journal.State is null)
            await Journal.LoadAsync();
        if (Journal.State is null)
            return PaymentAnswers.Refused(new Refusal { Code = RefusalCodes.PaymentInvalid, Message = "No such payment." }, PaymentId);
        Journal.ForgetMemory();
        return await Drive(time.GetTimestamp());
    }

    /// <summary>Takes the order from where it is to where it can go now.</summary>
    private async Task<PaymentAnswer> Drive(long started)
    {
        if (Journal.Network != settlement.Network && !PaymentMachine.IsEnd(Journal.State!.At))
        {
            LogOtherNetwork(log, PaymentId, settlement.Network);
            return PaymentAnswers.Of(Journal.State, PaymentId);
        }

        bool mayRepeat = true, goesOn = true;
        while (goesOn)
        {
            OrderState state = Journal.State!;
            switch (state.At)
            {
                case PaymentState.Reserved:
                    await Journal.MoveAsync(PaymentEvent.TransferSent);
                    goesOn = await Settle(Send(TransferOrders.Of(state.Order)));
                    break;
                case PaymentState.Pending:
                    await Journal.MoveAsync(PaymentEvent.AskedAgain);
                    goesOn = await Settle(SettleAgain(TransferOrders.Of(state.Order), Send));
                    break;
                case PaymentState.Settled:
                    await Journal.MoveAsync(PaymentEvent.TaskStarted);
                    break;
                case PaymentState.Executing:
                    await Execute(state.Order, started);
                    break;
                case PaymentState.Interrupted:
                    await Repeat(state.Order, mayRepeat);
                    mayRepeat = false;
                    break;
                case PaymentState.RefundOwed:
                    goesOn = await PayBack(state.Order);
                    break;
                default:
                    Rest();
                    goesOn = false;
                    break;
            }
        }
        return PaymentAnswers.Of(Journal.State!, PaymentId).Because(_silence);
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

    /// <returns>False when the chain has not said: then nothing goes on now.</returns>
    private async Task<bool> Settle(Task<SettlementResult> settling)
    {
        SettlementResult result;
        using (PaymentStage.Begin(PaymentStage.Settle, PaymentId, time))
            result = await settling;
        faults.Reach(FaultPoint.AfterBroadcast);
        switch (result.State)
        {
            case SettlementState.Settled:
                await Journal.MoveAsync(PaymentEvent.ChainConfirmed, result.TransactionHash);
                faults.Reach(FaultPoint.AfterSettled);
                return true;
            case SettlementState.Refused:
                await Journal.MoveAsync(PaymentEvent.ChainRefused, result.Reason);
                return true;
            default:
                await Journal.MoveAsync(PaymentEvent.ChainSilent);
                _silence = result.Reason;
                LogPending(log, PaymentId, result.Reason);
                return false;
        }
    }

    /// <summary>The first transaction may have happened: the chain is asked before anything is sent.</summary>
    private async Task<SettlementResult> SettleAgain(TransferOrder transfer, Func<TransferOrder, Task<SettlementResult>> send)
    {
        SettlementResult known = await Settler.Reconcile(transfer);
        return known.State == SettlementState.Unused ? await send(transfer) : known;
    }

    private Task<SettlementResult> Send(TransferOrder transfer) => settling.SettleAsync(Settler, PaymentId, transfer);

    private async Task Execute(PaidOrder order, long started)
    {
        AgentTaskResult? result = await RunTask(order, started);
        faults.Reach(FaultPoint.AfterExecute);
        result = await RetryTask(order, result, started);
        if (result is null)
        {
            await Journal.MoveAsync(PaymentEvent.ExecutorLost);
        }
        else if (result.Succeeded)
        {
            using (PaymentStage.Begin(PaymentStage.Answer, PaymentId, time))
            {
                await Journal.MoveAsync(PaymentEvent.AnswerKept, output: result.Output, usage: result.Usage);
                LogDelivered(log, PaymentId, order.AgentId, order.Value);
            }

            faults.Reach(FaultPoint.AfterDelivered);
        }
        else if (policy.KeepsFailed(order.AgentId) && ExecutionFailures.Are(result.Code) && time.GetElapsedTime(started) < BudgetOf(order))
        {
            // Work that never had its time is no work: that is paid back whatever the agent's terms say.
            await Journal.MoveAsync(PaymentEvent.AnswerKept, failure: Cut(result.Reason), usage: result.Usage);
            faults.Reach(FaultPoint.AfterDelivered);
        }
        else
        {
            await OweRefund(PaymentEvent.TaskFailed, result.Reason, result.Usage);
        }
    }

    /// <summary>The work may have started, so only work that may be repeated is; once in a call.</summary>
    private async Task Repeat(PaidOrder order, bool mayRepeat)
    {
        if (mayRepeat && policy.MayRetry(order.AgentId))
            await Journal.MoveAsync(PaymentEvent.TaskStarted);
        else
            await OweRefund(PaymentEvent.MayNotRepeat, InterruptedReason);
    }

    /// <summary>Work that failed is done again as its agent wants it, and as long as the buyer's patience lasts.</summary>
    private async Task<AgentTaskResult?> RetryTask(PaidOrder order, AgentTaskResult? result, long started)
    {
        int retries = policy.RetriesOf(order.AgentId);
        TimeSpan pause = options.Value.TaskRetryPause;
        for (int retry = 1; retry <= retries && result is { Succeeded: false } && ExecutionFailures.Are(result.Code); retry++, pause += pause)
        {
            if (time.GetElapsedTime(started) + pause >= BudgetOf(order))
                break;
            LogTaskRepeated(log, PaymentId, retry, result.Reason);
            await Task.Delay(pause, time);
            await Journal.MoveAsync(PaymentEvent.TaskRepeated);
            result = await RunTask(order, started);
            faults.Reach(FaultPoint.AfterExecute);
        }
        return result;
    }

    /// <returns>What became of the task, or null when nobody is left who could say.</returns>
    private async Task<AgentTaskResult?> RunTask(PaidOrder order, long started)
    {
        TimeSpan left = BudgetOf(order) - time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero)
            return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.ExecutionFailed, Reason = "Settlement left no time for the task." };

        using var budget = new CancellationTokenSource(left, time);
        var request = new AgentTask { Input = order.Input, Caller = order.Caller, Order = PaymentId, Remembered = order.From.ToLowerInvariant(), Depth = order.Depth };
        try
        {
            // An executor that does not hear the cancellation does not hold the buyer's money either: the call ends with its token.
            using var stage = PaymentStage.Begin(PaymentStage.Execute, PaymentId, time);
            return await GrainFactory.GetGrain<IAgentGrain>(order.AgentId).Run(request, budget.Token);
        }
        catch (OperationCanceledException) when (budget.IsCancellationRequested)
        {
            return new AgentTaskResult { Succeeded = false, Code = RefusalCodes.ExecutionFailed, Reason = "The task took longer than it may." };
        }
        catch (Exception lost) when (lost is OrleansException or TimeoutException)
        {
            LogAgentLost(log, lost, PaymentId, order.AgentId);
            return null;
        }
    }

    private TimeSpan BudgetOf(PaidOrder order) => order.Waits ? options.Value.PiecesBudget : options.Value.StreamBudget;

    /// <summary>The reason may be an executor's own text; the ledger takes references of a bounded length only.</summary>
    private static string Cut(string reason) => reason.Length <= MaxReasonLength ? reason : reason[..MaxReasonLength];

    private async Task OweRefund(PaymentEvent why, string reason, TaskUsage? usage = null)
    {
        reason = Cut(reason);
        await Journal.MoveAsync(why, reason, usage: usage);
        LogOwed(log, PaymentId, reason);
        faults.Reach(FaultPoint.AfterRefundOwed);
    }

    /// <returns>False when the refund did not go through now; it stays owed.</returns>
    private async Task<bool> PayBack(PaidOrder order)
    {
        TransferOrder transfer = refunds.Sign(order, PaymentId, time.GetUtcNow() + options.Value.RefundValidity);
        SettlementResult result = await SettleAgain(transfer, Settler.Settle);
        faults.Reach(FaultPoint.AfterRefundBroadcast);
        if (result.State == SettlementState.Settled)
        {
            await Journal.MoveAsync(PaymentEvent.PaidBack, result.TransactionHash);
            LogPaidBack(log, PaymentId, order.Value, result.TransactionHash);
            faults.Reach(FaultPoint.AfterRefunded);
            return true;
        }

        await Journal.MoveAsync(PaymentEvent.RefundDelayed);
        if (result.Reason == RevertReasons.InsufficientBalance)
        {
            PaymentInstruments.OnRefundUncovered();
            LogRefundUncovered(log, PaymentId, refunds.Address, order.Value);
        }
        else
        {
            LogRefundFailed(log, PaymentId, result.Reason);
        }
        return false;
    }

    private static bool IsSameRequest(PaidOrder stored, PaidOrder asked) =>
        stored.Fingerprint == asked.Fingerprint && stored.Peer == asked.Peer;
}
