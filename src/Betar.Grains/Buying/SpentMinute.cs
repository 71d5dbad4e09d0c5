namespace Betar.Grains.Buying;

/// <summary>What one payee got under one mandate within one minute.</summary>
[GenerateSerializer, Immutable, Alias("betar.spent-minute")]
public sealed record SpentMinute
{
    [Id(0)] public required string Payee { get; init; }
    [Id(1)] public required string MandateId { get; init; }

    /// <summary>Minutes since 1970.</summary>
    [Id(2)] public required long Minute { get; init; }
    [Id(3)] public required string Amount { get; init; }
}
