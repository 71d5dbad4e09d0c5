using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>Which test classes can notice which mutant, from one recorded run without any.</summary>
internal sealed class Selection(IReadOnlyList<IReadOnlyList<ClassRun>> recorded)
{
    private readonly IReadOnlyList<IReadOnlyList<(ClassRun Run, HashSet<int> Places)>> _classes =
        [.. recorded.Select(runs => (IReadOnlyList<(ClassRun, HashSet<int>)>)[.. runs.OrderBy(run => run.Milliseconds).Select(run => (run, run.Places.ToHashSet()))])];

    /// <summary>
    /// For each test assembly its classes, the quickest first. What runs once per process is seen in one class only, whichever came first:
    /// there every class may depend on it.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<ClassRun>> For(Mutant mutant) =>
    [
        .. _classes.Select(classes => (IReadOnlyList<ClassRun>)
        [
            .. classes.Where(entry => entry.Places.Contains(mutant.Place) || (mutant.Once && classes.Any(other => other.Places.Contains(mutant.Place))))
                .Select(entry => entry.Run),
        ]),
    ];
}
