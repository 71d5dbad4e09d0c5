namespace Betar.Grains.Abstractions.Agents;

/// <summary>[agent id] Is one agent: its spec, price, health, concurrency limit; runs a task on its executor.</summary>
[Alias("betar.IAgentGrain")]
public interface IAgentGrain : IGrainWithStringKey
{
    [Alias("Apply")]
    Task<Results.Outcome<AgentSpec>> Apply(AgentSpec spec);

    [Alias("Retire")]
    Task Retire();

    /// <summary>Waits as long as the longest task may take: the agent's own time-out and the caller's token end it earlier.</summary>
    [Alias("Run"), ResponseTimeout("1.00:01:00")]
    Task<AgentTaskResult> Run(AgentTask request, CancellationToken cancellationToken);

    /// <summary>The same for a caller that takes pieces of the answer as they come; the last one brings the result. Whoever stops reading stops the task.</summary>
    [Alias("RunStreamed")]
    IAsyncEnumerable<AgentTaskPiece> RunStreamed(AgentTask request, CancellationToken cancellationToken);

    /// <summary>
    /// Pieces of the answer to a paid task that is about to be run; the first, empty one says that the agent listens. Only a run that begins afterwards,
    /// and only the first of them, is heard: what was read is the beginning of one answer. The work does not depend on who reads.
    /// </summary>
    [Alias("Listen")]
    IAsyncEnumerable<string> Listen(string order, CancellationToken cancellationToken);

    [Alias("GetStatus")]
    ValueTask<AgentStatus> GetStatus();
}
