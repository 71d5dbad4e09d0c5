namespace Betar.Grains.Abstractions.Conversations;

/// <summary>How much an agent remembers of a caller.</summary>
/// <param name="Turns">The last exchanges that are kept word for word; 0: nothing is remembered.</param>
/// <param name="SummaryBytes">Most bytes of the summary of what was before them, as UTF-8; 0: that is gone.</param>
[GenerateSerializer, Immutable, Alias("betar.memory-policy")]
public readonly record struct MemoryPolicy([property: Id(0)] int Turns, [property: Id(1)] int SummaryBytes)
{
    public const int MostTurns = 1_000;
    public const int LeastSummary = 256;
    public const int MostSummary = 16_384;
}
