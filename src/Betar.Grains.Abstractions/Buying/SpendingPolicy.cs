namespace Betar.Grains.Abstractions.Buying;

/// <summary>What a wallet may spend; amounts in atomic units, decimal text.</summary>
[GenerateSerializer, Immutable, Alias("betar.spending-policy")]
public sealed record SpendingPolicy
{
    [Id(0)] public string PerTask { get; init; } = "1000000";

    /// <summary>Within any rolling 24 hours.</summary>
    [Id(1)] public string PerDay { get; init; } = "10000000";

    /// <summary>To one payee within any rolling 24 hours.</summary>
    [Id(2)] public string PerPeer { get; init; } = "10000000";
}
