namespace Betar.Benchmarks.Harness;

/// <summary>Where a bench puts its figures, and tells a watching person what it is at.</summary>
internal sealed class BenchContext(TextWriter? progress)
{
    public const int Rounds = 5;

    private readonly List<Figure> _figures = [];

    public IReadOnlyList<Figure> Figures => _figures;

    /// <summary>One round of few repetitions: shows that everything works, and measures little.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The parts that are wanted; null for all.</summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Numbers that were chosen, by their names.</summary>
    public IReadOnlyDictionary<string, int> Numbers { get; init; } = new Dictionary<string, int>();

    public int RoundCount => IsQuick ? 1 : Rounds;

    /// <summary>Null: nobody chose one.</summary>
    public int? Number(string name) => Numbers.TryGetValue(name, out int number) ? number : null;

    public bool Wants(string part) => Only is null || Only.Contains(part);

    /// <summary>How long calls are counted.</summary>
    public TimeSpan Window => IsQuick ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(1);

    public int Repetitions(int full, int quick) => IsQuick ? quick : full;

    public void Say(string what) => progress?.WriteLine($"  … {what}");

    /// <summary>Runs a round five times after one that does not count; in the short form once.</summary>
    public async Task<IReadOnlyList<double>> RoundsAsync(string what, Func<Task<double>> round, int rounds = Rounds)
    {
        Say(what);
        await round();
        var values = new double[Math.Min(rounds, RoundCount)];
        for (int i = 0; i < values.Length; i++)
            values[i] = await round();
        return values;
    }

    public void Add(string id, string unit, IReadOnlyList<double> rounds, Goal? goal = null, Baseline? baseline = null, string? note = null) =>
        _figures.Add(new Figure(id, unit, rounds, goal, baseline, note));
}
