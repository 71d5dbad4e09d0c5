namespace Betar.Grains.Abstractions.Agents;

/// <summary>What an agent says of itself.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-status")]
public sealed record AgentStatus
{
    [Id(0)] public AgentSpec? Spec { get; init; }
    [Id(1)] public int Running { get; init; }
    [Id(2)] public int Waiting { get; init; }
    [Id(3)] public long Completed { get; init; }
    [Id(4)] public long Failed { get; init; }
}
