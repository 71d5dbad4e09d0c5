using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Workflows;

/// <summary>A workflow as it stands.</summary>
[GenerateSerializer, Immutable, Alias("betar.workflow-view")]
public sealed record WorkflowView
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required WorkflowStatus Status { get; init; }
    [Id(2)] public required List<WorkflowStepView> Steps { get; init; }
    [Id(3)] public required string Input { get; init; }
    [Id(4)] public string Output { get; init; } = "";

    /// <summary>Why it failed.</summary>
    [Id(5)] public Refusal? Error { get; init; }

    /// <summary>What all steps cost, atomic units.</summary>
    [Id(6)] public string CostAtomic { get; init; } = "0";

    /// <summary>The most that it may cost, atomic units; empty: no limit of its own.</summary>
    [Id(7)] public string BudgetAtomic { get; init; } = "";
    [Id(8)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(9)] public required DateTimeOffset UpdatedAt { get; init; }
    [Id(10)] public DateTimeOffset? CompletedAt { get; init; }

    public bool HasEnded => Status is WorkflowStatus.Completed or WorkflowStatus.Failed or WorkflowStatus.Canceled;
}
