using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Workflows;

/// <summary>A task of a workflow as it stands.</summary>
[GenerateSerializer, Immutable, Alias("betar.workflow-step-view")]
public sealed record WorkflowStepView
{
    /// <summary>Where in the tree it is: "0.2#3" is in the fourth item of the third step of the first.</summary>
    [Id(0)] public required string Path { get; init; }
    [Id(1)] public required string AgentId { get; init; }
    [Id(2)] public required WorkflowStepStatus Status { get; init; }
    [Id(3)] public string Input { get; init; } = "";
    [Id(4)] public string Output { get; init; } = "";
    [Id(5)] public Refusal? Error { get; init; }
    [Id(6)] public int Attempts { get; init; }

    /// <summary>Of the last attempt; empty before the first.</summary>
    [Id(7)] public string PurchaseId { get; init; } = "";

    /// <summary>Of the last payment; empty when none was made.</summary>
    [Id(8)] public string PaymentKey { get; init; } = "";
    [Id(9)] public string PayTo { get; init; } = "";
    [Id(10)] public string TransactionHash { get; init; } = "";

    /// <summary>What it cost, atomic units; what was refunded is not in it.</summary>
    [Id(11)] public string CostAtomic { get; init; } = "0";
    [Id(12)] public DateTimeOffset? StartedAt { get; init; }
    [Id(13)] public DateTimeOffset? CompletedAt { get; init; }
}
