namespace Betar.Grains.Abstractions.Workflows;

/// <summary>What a step of a workflow is.</summary>
public enum WorkflowStepKind
{
    /// <summary>One task for one agent.</summary>
    Task = 0,

    /// <summary>Steps one after the other; what one says is what the next is told.</summary>
    Chain = 1,

    /// <summary>Steps beside one another; what comes out is the list of what they say.</summary>
    Parallel = 2,

    /// <summary>One step for each item of a list; what comes out is the list of what they say.</summary>
    Map = 3,

    /// <summary>One step or another.</summary>
    If = 4,
}
