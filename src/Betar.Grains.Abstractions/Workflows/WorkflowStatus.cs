namespace Betar.Grains.Abstractions.Workflows;

/// <summary>How far a workflow is.</summary>
public enum WorkflowStatus
{
    Pending = 0,
    Running = 1,
    Completed = 2,
    Failed = 3,
    Canceled = 4,
}
