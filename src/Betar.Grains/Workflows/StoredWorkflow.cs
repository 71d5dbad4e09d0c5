using Betar.Grains.Abstractions.Workflows;

namespace Betar.Grains.Workflows;

/// <summary>Reads workflows from their rows, for lists: nobody has to be woken for it.</summary>
public static class StoredWorkflow
{
    public static WorkflowView Read(ReadOnlyMemory<byte> row) => WorkflowViews.Of(WorkflowRecord.Decode(row));
}
