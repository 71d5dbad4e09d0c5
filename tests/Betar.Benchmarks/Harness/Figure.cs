namespace Betar.Benchmarks.Harness;

/// <summary>One measured figure: the median of its rounds, beside a baseline of the same run.</summary>
internal sealed record Figure(string Id, string Unit, IReadOnlyList<double> Rounds, Goal? Goal, Baseline? Baseline, string? Note)
{
    public double Value => Median(Rounds);

    public double Min => Rounds.Min();

    public double Max => Rounds.Max();

    /// <summary>Ours over the baseline's.</summary>
    public double? Ratio => Baseline is { } baseline ? Value / baseline.Value : null;

    public bool? Met => Goal?.IsMetBy(Value);

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
