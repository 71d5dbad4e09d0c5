using Betar.Mutants.Building;
using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>Makes all mutants, compiles them once, records once who reaches them, and tries some, one after the other.</summary>
internal sealed class MutantRun : IDisposable
{
    private const int Patience = 5;
    private static readonly string[] TestProjects = ["Betar.X402.Tests", "Betar.Grains.Tests", "Betar.X402.Http.Tests", "Betar.Cluster.Tests"];
    private static readonly TimeSpan RecordLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly IReadOnlyList<TestAssembly> _tests;
    private readonly Selection _selection;

    private MutantRun(IReadOnlyList<Mutant> mutants, IReadOnlyList<TestAssembly> tests, Selection selection)
    {
        Mutants = mutants;
        _tests = tests;
        _selection = selection;
    }

    /// <summary>All that compile.</summary>
    public IReadOnlyList<Mutant> Mutants { get; }

    public static MutantRun Prepare(TextWriter output)
    {
        RemoveWork();
        var made = Making.Mutants.Of(Repository.Root);
        var compilers = made.Projects.Select(project => new Compiler(project)).ToList();
        var leftOut = compilers.SelectMany(compiler => compiler.Compile()).ToHashSet();
        var mutants = made.ByNumber.Values.Where(mutant => !leftOut.Contains(mutant.Number)).OrderBy(mutant => mutant.Number).ToList();
        output.WriteLine($"mutants: {made.ByNumber.Count} made, {mutants.Count} compile");

        var tests = TestProjects.Select(name => TestAssembly.Prepare(name, compilers.Select(compiler => compiler.Output))).ToList();
        var recorded = tests.Select(Record).ToList();
        var red = recorded.SelectMany(runs => runs).Where(run => run.Red is not null).Select(run => run.Red).ToList();
        if (red.Count > 0)
            output.WriteLine($"left out, since red without any mutant: {string.Join(", ", red)}");
        recorded = [.. recorded.Select(runs => (IReadOnlyList<ClassRun>)[.. runs.Where(run => run.Red is null)])];
        output.WriteLine($"recorded: {recorded.Sum(runs => runs.Count)} test classes, {recorded.Sum(runs => runs.Sum(run => run.Milliseconds)) / 1000} s");
        return new MutantRun(mutants, tests, new Selection(recorded));
    }

    /// <summary>The same ones for the same seed.</summary>
    public IReadOnlyList<Mutant> Some(int seed, int count)
    {
        var all = Mutants.ToArray();
        new Random(seed).Shuffle(all);
        return all[..Math.Min(count, all.Length)];
    }

    public Trial Try(Mutant mutant)
    {
        var chosen = _selection.For(mutant);
        if (chosen.All(classes => classes.Count == 0))
            return new Trial(mutant, Verdict.NotReached);
        for (var i = 0; i < _tests.Count; i++)
        {
            if (chosen[i].Count == 0)
                continue;
            var limit = StartLimit + TimeSpan.FromMilliseconds(Patience * chosen[i].Sum(run => (long)run.Milliseconds));
            var run = _tests[i].Try(mutant.Number, chosen[i].Select(test => test.Name), limit);
            if (run.ExitCode is null)
                return new Trial(mutant, Verdict.TimedOut);
            if (run.ExitCode != TestHost.Green)
                return new Trial(mutant, Verdict.Killed, run.Output.Trim().Split('\n')[^1]);
        }

        return new Trial(mutant, Verdict.Survived);
    }

    public void Dispose() => RemoveWork();

    /// <summary>A test that is red now and then, on a busy machine, gets a second chance; its class is left out when it is red again.</summary>
    private static IReadOnlyList<ClassRun> Record(TestAssembly test) =>
        test.Record(RecordLimit) is var runs && runs.All(run => run.Red is null) ? runs : test.Record(RecordLimit);

    private static void RemoveWork()
    {
        if (Directory.Exists(Repository.Work))
            Directory.Delete(Repository.Work, recursive: true);
    }
}
