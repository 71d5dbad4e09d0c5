namespace Betar.Grains.Abstractions.Workflows;

/// <summary>A step of a workflow, with the steps inside it. Texts are templates: what they insert is data and is not read again.</summary>
[GenerateSerializer, Immutable, Alias("betar.workflow-step")]
public sealed record WorkflowStep
{
    [Id(0)] public WorkflowStepKind Kind { get; init; }

    /// <summary>By which later steps refer to what it says; empty: they do not.</summary>
    [Id(1)] public string Name { get; init; } = "";

    /// <summary>Of a task: who does it.</summary>
    [Id(2)] public string Agent { get; init; } = "";

    /// <summary>Of a task what it is told, of a map what the list is, of a condition what is looked at; empty: what the step before said.</summary>
    [Id(3)] public string Input { get; init; } = "";

    /// <summary>Inside a chain or beside one another; the one step of a map; what a condition does, and after it what otherwise.</summary>
    [Id(4)] public List<WorkflowStep> Steps { get; init; } = [];

    [Id(5)] public WorkflowTest Test { get; init; }

    /// <summary>What the condition's text is compared with.</summary>
    [Id(6)] public string Expected { get; init; } = "";

    /// <summary>The condition holds when the test does not.</summary>
    [Id(7)] public bool Negated { get; init; }

    /// <summary>Of a task: how often it is tried again after it failed without being paid for, or was refunded. Range 0 to 10.</summary>
    [Id(8)] public int Retries { get; init; }

    /// <summary>Longest that the step may take with everything in it, in seconds; 0: as long as the parts around it. Range 0 to 86,400.</summary>
    [Id(9)] public int TimeoutSeconds { get; init; }

    /// <summary>The most that may be spent in it, atomic units; empty: as much as the parts around it.</summary>
    [Id(10)] public string BudgetAtomic { get; init; } = "";

    /// <summary>By value, the steps inside it included.</summary>
    public bool Equals(WorkflowStep? other) => other is not null
        && (Kind, Name, Agent, Input, Test, Expected, Negated) == (other.Kind, other.Name, other.Agent, other.Input, other.Test, other.Expected, other.Negated)
        && (Retries, TimeoutSeconds, BudgetAtomic) == (other.Retries, other.TimeoutSeconds, other.BudgetAtomic) && Steps.SequenceEqual(other.Steps);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Agent, Input, Steps.Count);
}
