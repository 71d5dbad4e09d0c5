namespace Betar.Grains.Abstractions.Agents;

/// <summary>A piece of an answer as it comes, or at the end what became of the task. Pieces are not yet the answer.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-task-piece")]
public sealed record AgentTaskPiece
{
    [Id(0)] public string Text { get; init; } = "";

    /// <summary>Of the last piece only.</summary>
    [Id(1)] public AgentTaskResult? Result { get; init; }
}
