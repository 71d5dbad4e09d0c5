namespace Betar.Grains.Abstractions.Workflows;

/// <summary>What a workflow does, and with what it begins.</summary>
[GenerateSerializer, Immutable, Alias("betar.workflow-definition")]
public sealed record WorkflowDefinition
{
    /// <summary>Its budget and its time-out are the workflow's.</summary>
    [Id(0)] public required WorkflowStep Root { get; init; }
    [Id(1)] public required string Input { get; init; }

    /// <summary>The mandate that covers every purchase; empty: the owner's own.</summary>
    [Id(2)] public string MandateId { get; init; } = "";

    /// <summary>Also agents that nobody has signed for.</summary>
    [Id(3)] public bool AcceptUnverified { get; init; }

    /// <summary>The original's form: each agent is told what the one before said.</summary>
    public static WorkflowDefinition Chain(IEnumerable<string> agents, string input, string budgetAtomic = "") => new()
    {
        Root = new WorkflowStep
        {
            Kind = WorkflowStepKind.Chain, BudgetAtomic = budgetAtomic, Steps = [.. agents.Select(agent => new WorkflowStep { Agent = agent })],
        },
        Input = input,
    };
}
