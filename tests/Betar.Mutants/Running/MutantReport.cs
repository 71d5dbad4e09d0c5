using System.Globalization;

namespace Betar.Mutants.Running;

/// <summary>What is said at the end: figures, and everything that no test noticed.</summary>
internal sealed record MutantReport(int Seed, IReadOnlyList<Trial> Trials)
{
    public double KilledPercent => Trials.Count == 0 ? 0 : 100.0 * Trials.Count(trial => trial.IsKilled) / Trials.Count;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{Trials.Count} mutants, seed {Seed}: {Count(Verdict.Killed)} killed, {Count(Verdict.TimedOut)} timed out, {Count(Verdict.Survived)} survived, {Count(Verdict.NotReached)} not reached: {KilledPercent:0.0} %");

    public IEnumerable<string> Survivors => Trials.Where(trial => !trial.IsKilled).OrderBy(trial => trial.Mutant.Number)
        .Select(trial => $"{(trial.Verdict == Verdict.Survived ? "survived" : "not reached")} {trial.Mutant}");

    private int Count(Verdict verdict) => Trials.Count(trial => trial.Verdict == verdict);
}
