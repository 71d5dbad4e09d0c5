namespace Betar.Benchmarks.Harness;

/// <summary>Where a bench puts its figures, and tells a watching person what it is at.</summary>
internal sealed class BenchContext(TextWriter? progress)
{
    public const int Rounds = 5;

    private readonly List<Figure> _figures = [];

    public IReadOnlyList<Figure> Figures => _figures;

    public void Say(string what) => progress?.WriteLine($"  … {what}");

    /// <summary>Runs a round five times after one that does not count.</summary>
    public async Task<IReadOnlyList<double>> RoundsAsync(string what, Func<Task<double>> round, int rounds = Rounds)
    {
        Say(what);
        await round();
        var values = new double[rounds];
        for (int i = 0; i < rounds; i++)
            values[i] = await round();
        return values;
    }

    public void Add(string id, string unit, IReadOnlyList<double> rounds, Goal? goal = null, Baseline? baseline = null, string? note = null) =>
        _figures.Add(new Figure(id, unit, rounds, goal, baseline, note));
}
