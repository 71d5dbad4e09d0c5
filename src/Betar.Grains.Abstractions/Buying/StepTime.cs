namespace Betar.Grains.Abstractions.Buying;

/// <summary>How long one step of a purchase took.</summary>
[GenerateSerializer, Immutable, Alias("betar.step-time")]
public sealed record StepTime
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public required long Microseconds { get; init; }
}
