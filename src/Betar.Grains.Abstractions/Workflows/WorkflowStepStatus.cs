namespace Betar.Grains.Abstractions.Workflows;

/// <summary>How far a task of a workflow is.</summary>
public enum WorkflowStepStatus
{
    Pending = 0,
    Running = 1,
    Completed = 2,
    Failed = 3,

    /// <summary>The workflow ended without it.</summary>
    Skipped = 4,
}
