namespace Betar.Benchmarks.Harness;

/// <summary>What a figure must reach, and what it is hoped to reach.</summary>
internal readonly record struct Goal(double Must, double? Stretch, bool HigherIsBetter)
{
    public static Goal AtLeast(double must, double? stretch = null) => new(must, stretch, true);

    public static Goal AtMost(double must, double? stretch = null) => new(must, stretch, false);

    public bool IsMetBy(double value) => HigherIsBetter ? value >= Must : value <= Must;
}
