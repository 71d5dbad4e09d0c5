using System.Security.Cryptography;
using System.Text;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Abstractions.Workflows;
using Betar.Grains.Trading;
using Betar.X402;

namespace Betar.Grains.Workflows;

/// <summary>
/// Does a workflow's tasks. The purchase id of an attempt follows from workflow, path and attempt, and is stored before anybody is asked, so that
/// whoever resumes asks for the same purchase again. Another attempt begins only when nothing was signed, or when the payment came back.
/// </summary>
internal sealed class WorkflowTasks(
    WorkflowRecord record, ITrader trader, IAgentDirectory directory, WorkflowOptions options, TimeProvider time, Func<Task> save)
{
    public async Task<StepEnd> RunAsync(WorkflowStep step, string path, WorkflowScope scope, IReadOnlyList<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        if (!record.Steps.TryGetValue(path, out StepRecord? task))
        {
            if (cancellationToken.IsCancellationRequested)
                return StepEnd.Failed(Stopped());
            if (WorkflowTemplate.Render(step.Input.Length == 0 ? "{{previous}}" : step.Input, scope, options.MaxText) is not { } input)
                return StepEnd.TooLarge($"The input of step {path}");
            task = record.Steps[path] = new StepRecord { AgentId = step.Agent, Input = input, StartedAt = time.GetUtcNow(), Status = WorkflowStepStatus.Running };
        }

        return task.Status switch
        {
            WorkflowStepStatus.Completed => StepEnd.Ok(task.Output, scope),
            WorkflowStepStatus.Failed => StepEnd.Failed(task.Error!),
            _ => await DriveAsync(step, path, task, scope, limits, cancellationToken),
        };
    }

    private async Task<StepEnd> DriveAsync(
        WorkflowStep step, string path, StepRecord task, WorkflowScope scope, IReadOnlyList<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        for (TimeSpan pause = options.RetryPause; ; pause *= 2)
        {
            (Refusal? refusal, bool mayTryAgain) = await AttemptAsync(step, path, task, limits, cancellationToken);
            if (refusal is null)
                return await EndAsync(task, null, scope);
            if (!mayTryAgain || task.Attempt > step.Retries || !await WaitAsync(pause, cancellationToken))
                return await EndAsync(task, cancellationToken.IsCancellationRequested && mayTryAgain ? Stopped() : refusal, scope);
        }
    }

    /// <summary>One purchase to its end, as far as that can be known.</summary>
    private async Task<(Refusal? Refusal, bool MayTryAgain)> AttemptAsync(
        WorkflowStep step, string path, StepRecord task, IReadOnlyList<BudgetLimit> limits, CancellationToken cancellationToken)
    {
        if (!task.IsOpen)
        {
            if (cancellationToken.IsCancellationRequested)
                return (Stopped(), false);
            task.Attempt++;
            if (await OpenAsync(step, path, task, limits) is { } refusal)
                return (refusal, refusal.Retryable);
        }

        PurchaseResult result = await SettleAsync(task, cancellationToken);
        Close(task, result);
        return result.Stage switch
        {
            PurchaseStage.Delivered when result.Output.Length > options.MaxText => (StepEnd.TooLarge($"What step {path} said").Refusal, false),
            PurchaseStage.Delivered => (null, false),
            PurchaseStage.New => (result.Refusal, result.Refusal!.Retryable),
            PurchaseStage.Refunded => (result.Refusal, true),
            _ => (result.Refusal ?? Stopped(), false),
        };
    }

    /// <summary>Asks the price, sets it aside in every budget around the task, and stores what is about to be bought.</summary>
    private async Task<Refusal?> OpenAsync(WorkflowStep step, string path, StepRecord task, IReadOnlyList<BudgetLimit> limits)
    {
        Outcome<AgentOffer> found = await directory.FindAsync(step.Agent, record.Definition.AcceptUnverified, CancellationToken.None);
        if (!found.IsOk)
            return found.Refusal;
        AgentOffer offer = found.Value;
        AtomicAmount price = AtomicAmount.Zero;
        if (!offer.IsOwn && !AtomicAmount.TryParse(offer.PriceAtomic, out price))
            return new Refusal { Code = RefusalCodes.OfferRefused, Message = $"Agent {offer.AgentId} lists no price that can be paid." };
        foreach (BudgetLimit limit in limits)
        {
            if (limit.FindRefusal(record, price) is { } over)
                return over;
        }

        (task.AgentId, task.MaxAtomic, task.IsOpen) = (offer.AgentId, price.ToString(), true);
        task.PurchaseId = PurchaseId(record.Id, path, task.Attempt);
        await save();
        return null;
    }

    /// <summary>A payment without an end is shown again and never replaced.</summary>
    private async Task<PurchaseResult> SettleAsync(StepRecord task, CancellationToken cancellationToken)
    {
        var order = new TradeOrder
        {
            PurchaseId = task.PurchaseId,
            Agent = task.AgentId,
            Input = task.Input,
            MaxAmount = task.MaxAtomic,
            MandateId = record.Definition.MandateId,
            AcceptUnverified = record.Definition.AcceptUnverified,
        };
        TimeSpan pause = options.RetryPause;
        for (int repeat = 0; ; repeat++)
        {
            PurchaseResult result = await trader.TradeAsync(order, cancellationToken);
            bool isOpen = result.Stage is PurchaseStage.PaymentSigned or PurchaseStage.RefundOwed;
            if (!isOpen || repeat >= options.Repeats || !await WaitAsync(pause, cancellationToken))
                return result;
            pause *= 2;
        }
    }

    private static void Close(StepRecord task, PurchaseResult result)
    {
        task.IsOpen = false;
        task.Output = result.Output;
        if (result.Stage == PurchaseStage.New)
            return;
        (task.PaymentKey, task.PayTo, task.TransactionHash) = (result.PaymentKey, result.PayTo, result.TransactionHash);
        AtomicAmount amount = AtomicAmount.Parse(result.Amount);
        task.SpentAtomic = (AtomicAmount.Parse(task.SpentAtomic) + amount).ToString();
        if (result.Stage is PurchaseStage.Delivered or PurchaseStage.PaymentSigned or PurchaseStage.RefundOwed or PurchaseStage.Kept)
            task.CostAtomic = (AtomicAmount.Parse(task.CostAtomic) + amount).ToString();
    }

    private async Task<StepEnd> EndAsync(StepRecord task, Refusal? refusal, WorkflowScope scope)
    {
        task.Status = refusal is null ? WorkflowStepStatus.Completed : WorkflowStepStatus.Failed;
        task.Error = refusal;
        task.CompletedAt = time.GetUtcNow();
        if (refusal is not null)
            task.Output = "";
        await save();
        return refusal is null ? StepEnd.Ok(task.Output, scope) : StepEnd.Failed(refusal);
    }

    /// <returns>False: it was ended meanwhile.</returns>
    private async Task<bool> WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private Refusal Stopped() => record.CancelRequested
        ? new Refusal { Code = RefusalCodes.WorkflowEnded, Message = "The workflow was canceled." }
        : new Refusal { Code = RefusalCodes.WorkflowTimeout, Message = "The step took longer than it, or the part around it, may." };

    /// <summary>Looks like any other purchase id: sellers learn nothing of the workflow by it.</summary>
    internal static string PurchaseId(string workflow, string path, int attempt) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{workflow}\n{path}\n{attempt}")).AsSpan(0, 16)).ToString();
}
