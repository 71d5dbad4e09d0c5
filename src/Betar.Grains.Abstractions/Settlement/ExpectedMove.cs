namespace Betar.Grains.Abstractions.Settlement;

/// <summary>A transfer of a token that a receipt must carry.</summary>
[GenerateSerializer, Immutable, Alias("betar.expected-move")]
public sealed record ExpectedMove
{
    [Id(0)] public required string Token { get; init; }
    [Id(1)] public required string From { get; init; }
    [Id(2)] public required string To { get; init; }
    [Id(3)] public required string Value { get; init; }
}
