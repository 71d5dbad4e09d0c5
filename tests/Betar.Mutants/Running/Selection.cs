using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>Which test classes can notice which mutant, from one recorded run without any.</summary>
internal sealed class Selection(IReadOnlyList<IReadOnlyList<ClassRun>> recorded, IReadOnlyDictionary<int, Mutant> mutants)
{
    private readonly IReadOnlyList<IReadOnlyList<(ClassRun Run, HashSet<int> Places, HashSet<string> Files)>> _classes =
    [
        .. recorded.Select(runs => (IReadOnlyList<(ClassRun, HashSet<int>, HashSet<string>)>)
            [.. runs.OrderBy(run => run.Milliseconds).Select(run => (run, run.Places.ToHashSet(), run.Places.Select(place => mutants[place].File).ToHashSet()))]),
    ];

    /// <summary>For each test assembly its classes, the quickest first. What runs once per process is tried with all that use its file, or with all.</summary>
    public IReadOnlyList<IReadOnlyList<ClassRun>> For(Mutant mutant)
    {
        if (!mutant.Once)
            return Where((_, places, _) => places.Contains(mutant.Place));
        var users = Where((_, _, files) => files.Contains(mutant.File));
        return users.Any(classes => classes.Count > 0) ? users : Where((_, _, _) => true);
    }

    private IReadOnlyList<IReadOnlyList<ClassRun>> Where(Func<ClassRun, HashSet<int>, HashSet<string>, bool> chosen) =>
        [.. _classes.Select(classes => (IReadOnlyList<ClassRun>)[.. classes.Where(entry => chosen(entry.Run, entry.Places, entry.Files)).Select(entry => entry.Run)])];
}
