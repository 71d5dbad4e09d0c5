namespace Betar.Grains.Abstractions.Conversations;

/// <summary>One exchange of a caller with an agent.</summary>
[GenerateSerializer, Immutable, Alias("betar.remembered-turn")]
public sealed record RememberedTurn
{
    [Id(0)] public required string Input { get; init; }
    [Id(1)] public required string Output { get; init; }
}
