namespace Betar.Grains.Abstractions.Conversations;

/// <summary>Exchanges that are to go into the summary, and the summary as it is before.</summary>
[GenerateSerializer, Immutable, Alias("betar.condensing-work")]
public sealed record CondensingWork
{
    /// <summary>What the summary was made for; it is taken only as long as this stands.</summary>
    [Id(0)] public required Guid Mark { get; init; }

    [Id(1)] public required string Summary { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(2)] public required List<RememberedTurn> Turns { get; init; }

    /// <summary>The number of the exchange after the last of them, counted from the first that was ever remembered.</summary>
    [Id(3)] public required long End { get; init; }
}
