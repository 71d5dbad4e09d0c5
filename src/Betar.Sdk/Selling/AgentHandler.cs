namespace Betar.Sdk.Selling;

/// <summary>Does an agent's work. What it throws ends the one task with a refund, never the agent.</summary>
public delegate ValueTask<AgentAnswer> AgentHandler(AgentWork work, CancellationToken cancellationToken);
