namespace Betar.Grains.Abstractions.Agents;

/// <summary>[agent id] Is one agent: its spec, price, health, concurrency limit; runs a task on its executor.</summary>
[Alias("betar.IAgentGrain")]
public interface IAgentGrain : IGrainWithStringKey
{
    [Alias("Apply")]
    Task<Results.Outcome<AgentSpec>> Apply(AgentSpec spec);

    [Alias("Retire")]
    Task Retire();

    [Alias("Run")]
    Task<AgentTaskResult> Run(AgentTask request, CancellationToken cancellationToken);

    [Alias("GetStatus")]
    ValueTask<AgentStatus> GetStatus();
}
