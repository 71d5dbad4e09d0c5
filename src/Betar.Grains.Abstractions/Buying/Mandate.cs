namespace Betar.Grains.Abstractions.Buying;

/// <summary>A revocable permission to spend from a wallet up to a sum until a moment.</summary>
[GenerateSerializer, Immutable, Alias("betar.mandate")]
public sealed record Mandate
{
    [Id(0)] public required string MandateId { get; init; }
    [Id(1)] public required string Limit { get; init; }
    [Id(2)] public required DateTimeOffset Expires { get; init; }
    [Id(3)] public bool Revoked { get; init; }
}
