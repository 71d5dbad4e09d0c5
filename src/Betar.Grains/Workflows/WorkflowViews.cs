using Betar.Grains.Abstractions.Workflows;
using Betar.X402;

namespace Betar.Grains.Workflows;

/// <summary>A workflow's record as others see it: every task in the order of the definition, begun or not.</summary>
internal static class WorkflowViews
{
    public static WorkflowView Of(WorkflowRecord record)
    {
        List<WorkflowStepView> steps = [];
        Add(record, record.Definition.Root, WorkflowPaths.Root, steps);
        return new WorkflowView
        {
            Id = record.Id,
            Status = record.Status,
            Steps = steps,
            Input = record.Definition.Input,
            Output = record.Output,
            Error = record.Error,
            CostAtomic = steps.Aggregate(AtomicAmount.Zero, (sum, step) => sum + AtomicAmount.Parse(step.CostAtomic)).ToString(),
            BudgetAtomic = record.Definition.Root.BudgetAtomic,
            CreatedAt = record.CreatedAt,
            UpdatedAt = record.UpdatedAt,
            CompletedAt = record.CompletedAt,
        };
    }

    private static void Add(WorkflowRecord record, WorkflowStep step, string path, List<WorkflowStepView> steps)
    {
        if (step.Kind == WorkflowStepKind.Task)
        {
            steps.Add(Of(record, step, path));
        }
        else if (step.Kind == WorkflowStepKind.Map)
        {
            for (int i = 0; i < record.Items.GetValueOrDefault(path); i++)
                Add(record, step.Steps[0], WorkflowPaths.Item(path, i), steps);
        }
        else
        {
            for (int i = 0; i < step.Steps.Count; i++)
                Add(record, step.Steps[i], WorkflowPaths.Step(path, i), steps);
        }
    }

    private static WorkflowStepView Of(WorkflowRecord record, WorkflowStep step, string path) => record.Steps.TryGetValue(path, out StepRecord? task)
        ? new WorkflowStepView
        {
            Path = path,
            AgentId = task.AgentId,
            Status = task.Status,
            Input = task.Input,
            Output = task.Output,
            Error = task.Error,
            Attempts = task.Attempt,
            PurchaseId = task.PurchaseId,
            PaymentKey = task.PaymentKey,
            PayTo = task.PayTo,
            TransactionHash = task.TransactionHash,
            CostAtomic = task.CostAtomic,
            StartedAt = task.StartedAt,
            CompletedAt = task.CompletedAt,
        }
        : new WorkflowStepView
        {
            Path = path, AgentId = step.Agent, Status = record.HasEnded ? WorkflowStepStatus.Skipped : WorkflowStepStatus.Pending,
        };
}
