namespace Betar.Grains.Abstractions.Agents;

/// <summary>What became of a task.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-task-result")]
public sealed record AgentTaskResult
{
    [Id(0)] public required bool Succeeded { get; init; }
    [Id(1)] public string Output { get; init; } = "";

    /// <summary>Code of docs/errors.md when the task failed.</summary>
    [Id(2)] public string Code { get; init; } = "";
    [Id(3)] public string Reason { get; init; } = "";

    /// <summary>Null when no language model was asked.</summary>
    [Id(4)] public TaskUsage? Usage { get; init; }

    /// <summary>Of an agent that is busy: seconds after which asking again makes sense. 0: nobody knows.</summary>
    [Id(5)] public int RetryAfterSeconds { get; init; }
}
