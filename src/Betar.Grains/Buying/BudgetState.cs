using Betar.Grains.Abstractions.Buying;

namespace Betar.Grains.Buying;

/// <summary>A wallet's policy, its mandates, what is set aside and what was spent.</summary>
[GenerateSerializer, Alias("betar.budget-state")]
public sealed class BudgetState
{
    [Id(0)] public SpendingPolicy Policy { get; set; } = new();

    [Id(1)] public Dictionary<string, Mandate> Mandates { get; set; } = [];

    /// <summary>By purchase: set aside, not yet known to be spent.</summary>
    [Id(2)] public Dictionary<string, Reservation> Reserved { get; set; } = [];

    /// <summary>Spent, summed by payee, mandate and minute, so that the state stays small however many tasks are bought.</summary>
    [Id(3)] public List<SpentMinute> Spent { get; set; } = [];
}
