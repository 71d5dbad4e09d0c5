namespace Betar.Agents;

/// <summary>One task as an executor sees it.</summary>
public readonly record struct ExecutionRequest(string Input, string Caller);
