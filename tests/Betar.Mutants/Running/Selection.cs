using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>Which test classes can notice which mutant, from one recorded run without any.</summary>
internal sealed class Selection(IReadOnlyList<IReadOnlyList<ClassRun>> recorded, IEnumerable<Mutant> mutants)
{
    private readonly IReadOnlyList<IReadOnlyList<(ClassRun Run, HashSet<int> Places)>> _classes =
        [.. recorded.Select(runs => (IReadOnlyList<(ClassRun, HashSet<int>)>)[.. runs.OrderBy(run => run.Milliseconds).Select(run => (run, run.Places.ToHashSet()))])];

    private readonly ILookup<string, int> _places = mutants.ToLookup(mutant => mutant.File, mutant => mutant.Place);

    /// <summary>
    /// For each test assembly its classes, the quickest first. What runs once per process is seen in one class only, whichever came first:
    /// there every class may depend on it, and those that reach the rest of the file most likely do.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ClassRun>> For(Mutant mutant) =>
        [.. _classes.Select(classes => (IReadOnlyList<ClassRun>)[.. (mutant.Once ? Once(mutant, classes) : classes.Where(entry => entry.Places.Contains(mutant.Place))).Select(entry => entry.Run)])];

    private IEnumerable<(ClassRun Run, HashSet<int> Places)> Once(Mutant mutant, IReadOnlyList<(ClassRun Run, HashSet<int> Places)> classes) =>
        classes.Any(entry => entry.Places.Contains(mutant.Place)) ? classes.OrderByDescending(entry => entry.Places.Overlaps(_places[mutant.File])) : [];
}
