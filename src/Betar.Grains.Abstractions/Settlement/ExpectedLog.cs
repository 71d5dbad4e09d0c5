namespace Betar.Grains.Abstractions.Settlement;

/// <summary>A contract's event that a receipt must carry, by its first two topics.</summary>
[GenerateSerializer, Immutable, Alias("betar.expected-log")]
public sealed record ExpectedLog
{
    [Id(0)] public required string Contract { get; init; }
    [Id(1)] public required string Topic { get; init; }
    [Id(2)] public required string Subject { get; init; }
}
