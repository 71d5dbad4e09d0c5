namespace Betar.Grains.Abstractions.Buying;

/// <summary>A wallet's policy and what it used within the last 24 hours.</summary>
[GenerateSerializer, Immutable, Alias("betar.budget-status")]
public sealed record BudgetStatus
{
    [Id(0)] public required SpendingPolicy Policy { get; init; }
    [Id(1)] public required string SpentToday { get; init; }
    [Id(2)] public required string Reserved { get; init; }
}
