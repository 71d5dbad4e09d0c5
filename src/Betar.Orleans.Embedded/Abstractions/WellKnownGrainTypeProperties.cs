namespace Orleans.Metadata;

/// <summary>The names under which attributes leave what they say about a grain class.</summary>
public static class WellKnownGrainTypeProperties
{
    public const string PlacementStrategy = "placement-strategy";

    public const string Reentrant = "reentrant";

    public const string MayInterleavePredicate = "may-interleave-predicate";

    public const string IdleDeactivationPeriod = "idle-duration";

    public const string IndefiniteIdleDeactivationPeriodValue = "indefinite";
}
