namespace Betar.Grains.Workflows;

/// <summary>The workflow is driven from elsewhere by now, or cannot be saved: whoever had it stops where it is.</summary>
internal sealed class WorkflowLostException(string message) : Exception(message);
