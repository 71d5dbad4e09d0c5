using Betar.Benchmarks.Harness;

namespace Betar.Benchmarks.Node;

/// <summary>The medians of the second and of the last quarter of a row of samples: the first is the warming up.</summary>
internal readonly record struct Quarters(double Second, double Last)
{
    public double GrowthPercent => (Last / Second - 1) * 100;

    public static Quarters Of(IReadOnlyList<double> samples)
    {
        int quarter = samples.Count / 4;
        return new Quarters(Figure.Median([.. samples.Skip(quarter).Take(quarter)]), Figure.Median([.. samples.TakeLast(quarter)]));
    }
}
