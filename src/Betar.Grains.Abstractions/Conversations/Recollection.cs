namespace Betar.Grains.Abstractions.Conversations;

/// <summary>What is remembered of a caller.</summary>
[GenerateSerializer, Immutable, Alias("betar.recollection")]
public sealed record Recollection
{
    /// <summary>Of what was before the turns; empty when there is none.</summary>
    [Id(0)] public string Summary { get; init; } = "";

    /// <summary>The last exchanges, oldest first.</summary>
    [Id(1)] public List<RememberedTurn> Turns { get; init; } = [];
}
