namespace Betar.Grains.Abstractions.Agents;

/// <summary>One thing that an agent can do.</summary>
[GenerateSerializer, Immutable, Alias("betar.agent-skill")]
public sealed record AgentSkill
{
    [Id(0)] public required string SkillId { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public string Description { get; init; } = "";
    [Id(3)] public List<string> Tags { get; init; } = [];

    /// <summary>JSON schema of the input; empty: any text.</summary>
    [Id(4)] public string InputSchema { get; init; } = "";

    /// <summary>JSON schema of the output; empty: any text.</summary>
    [Id(5)] public string OutputSchema { get; init; } = "";

    private (string, string, string, string, string) Texts => (SkillId, Name, Description, InputSchema, OutputSchema);

    public bool Equals(AgentSkill? other) => other is not null && Texts == other.Texts && Tags.SequenceEqual(other.Tags);

    public override int GetHashCode() => HashCode.Combine(Texts, Tags.Count);
}
