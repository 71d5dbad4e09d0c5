namespace Betar.Grains.Abstractions.Agents;

/// <summary>What a task used of language models, also where it failed.</summary>
[GenerateSerializer, Immutable, Alias("betar.task-usage")]
public sealed record TaskUsage
{
    /// <summary>The model that answered.</summary>
    [Id(0)] public string Model { get; init; } = "";
    [Id(1)] public int Calls { get; init; }
    [Id(2)] public long InputTokens { get; init; }
    [Id(3)] public long OutputTokens { get; init; }

    /// <summary>What the models cost by the prices of the agent's settings, in millionths of a USD; "0" when no price is set.</summary>
    [Id(4)] public string CostAtomic { get; init; } = "0";
}
