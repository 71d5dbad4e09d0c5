namespace Betar.Fuzz;

/// <summary>How much is tried. The same seed and number of rounds try the same inputs.</summary>
internal sealed record FuzzPlan(int Seed)
{
    public long Rounds { get; init; } = long.MaxValue;

    /// <summary>Ends the run early; without it the rounds alone do.</summary>
    public TimeSpan? Time { get; init; }

    public int MaxLength { get; init; } = 4096;

    /// <summary>How long one input may take; a machine that was busy elsewhere gets two more chances.</summary>
    public TimeSpan TimeBound { get; init; } = TimeSpan.FromSeconds(1);
}
