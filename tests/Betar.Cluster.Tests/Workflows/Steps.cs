using Betar.Grains.Abstractions.Workflows;

namespace Betar.Cluster.Tests.Workflows;

/// <summary>Definitions in few words.</summary>
internal static class Steps
{
    public static WorkflowStep Do(string agent, string input = "", string name = "", int retries = 0, string budget = "", int timeout = 0) =>
        new() { Agent = agent, Input = input, Name = name, Retries = retries, BudgetAtomic = budget, TimeoutSeconds = timeout };

    public static WorkflowStep Chain(params WorkflowStep[] steps) => new() { Kind = WorkflowStepKind.Chain, Steps = [.. steps] };

    public static WorkflowStep Beside(params WorkflowStep[] steps) => new() { Kind = WorkflowStepKind.Parallel, Steps = [.. steps] };

    public static WorkflowStep Map(WorkflowStep step, string over = "") => new() { Kind = WorkflowStepKind.Map, Input = over, Steps = [step] };

    public static WorkflowStep If(string contains, WorkflowStep then, WorkflowStep? otherwise = null) => new()
    {
        Kind = WorkflowStepKind.If, Test = WorkflowTest.Contains, Expected = contains, Steps = otherwise is null ? [then] : [then, otherwise],
    };

    public static WorkflowDefinition Of(WorkflowStep root, string input = "in") => new() { Root = root, Input = input };
}
