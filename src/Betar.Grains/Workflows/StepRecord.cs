using Betar.Grains.Abstractions.Workflows;

namespace Betar.Grains.Workflows;

/// <summary>A task of a workflow as it is stored: before an attempt pays, its purchase id stands here.</summary>
internal sealed class StepRecord
{
    /// <summary>As the market resolved it; a name cannot come to mean another agent half way.</summary>
    public string AgentId { get; set; } = "";

    public WorkflowStepStatus Status { get; set; }

    public string Input { get; set; } = "";

    public string Output { get; set; } = "";

    public Refusal? Error { get; set; }

    public int Attempt { get; set; }

    /// <summary>The attempt's purchase may be under way.</summary>
    public bool IsOpen { get; set; }

    public string PurchaseId { get; set; } = "";

    /// <summary>What the open attempt may cost; set aside in all budgets around it.</summary>
    public string MaxAtomic { get; set; } = "0";

    /// <summary>What was signed for by attempts that are closed, refunded or not: a seller's word frees no budget.</summary>
    public string SpentAtomic { get; set; } = "0";

    public string CostAtomic { get; set; } = "0";

    public string PaymentKey { get; set; } = "";

    public string PayTo { get; set; } = "";

    public string TransactionHash { get; set; } = "";

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }
}
