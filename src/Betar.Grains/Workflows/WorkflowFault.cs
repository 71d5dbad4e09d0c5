namespace Betar.Grains.Workflows;

/// <summary>What is wrong with one step of a definition.</summary>
public sealed record WorkflowFault(string Path, string Message);
