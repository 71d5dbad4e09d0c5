namespace Betar.Grains.Abstractions.Buying;

/// <summary>A mandate and what was spent or set aside under it.</summary>
[GenerateSerializer, Immutable, Alias("betar.mandate-status")]
public sealed record MandateStatus
{
    [Id(0)] public required Mandate Mandate { get; init; }
    [Id(1)] public required string Spent { get; init; }
}
