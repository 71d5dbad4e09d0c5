using Betar.X402;

namespace Betar.Grains.Workflows;

/// <summary>The most that may be spent in a step with everything inside it.</summary>
internal sealed record BudgetLimit(string Path, AtomicAmount Most)
{
    /// <summary>What was spent in it and what open attempts may still cost, all from the record: nothing that a crash could lose.</summary>
    public AtomicAmount Used(WorkflowRecord record) => record.Steps
        .Where(step => WorkflowPaths.IsWithin(step.Key, Path))
        .Aggregate(AtomicAmount.Zero, (sum, step) =>
            sum + AtomicAmount.Parse(step.Value.SpentAtomic) + (step.Value.IsOpen ? AtomicAmount.Parse(step.Value.MaxAtomic) : AtomicAmount.Zero));

    public Refusal? FindRefusal(WorkflowRecord record, AtomicAmount price) => Used(record) + price <= Most ? null : new Refusal
    {
        Code = RefusalCodes.WorkflowBudget,
        Message = $"{price} units would pass the budget of {Most} units for {(Path == WorkflowPaths.Root ? "the workflow" : $"step {Path}")}.",
    };
}
