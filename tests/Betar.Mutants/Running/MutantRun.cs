using System.Diagnostics;
using Betar.Mutants.Building;
using Betar.Mutants.Making;

namespace Betar.Mutants.Running;

/// <summary>Makes all mutants, compiles them once, records once who reaches them, and tries some, one after the other.</summary>
internal sealed class MutantRun : IDisposable
{
    private const int Patience = 5;
    private const string SilosProject = "Betar.Cluster.Tests";
    private const string ProtocolFolder = "src/Betar.X402/";
    private static readonly string[] TestProjects = ["Betar.X402.Tests", "Betar.Grains.Tests", "Betar.X402.Http.Tests", SilosProject];
    private static readonly TimeSpan RecordLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ServedLimit = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<TestAssembly> _tests;
    private readonly Selection _selection;
    private readonly TestServer?[] _servers;

    private MutantRun(IReadOnlyList<Mutant> mutants, IReadOnlyList<TestAssembly> tests, Selection selection)
    {
        Mutants = mutants;
        _tests = tests;
        _selection = selection;
        _servers = new TestServer?[tests.Count];
    }

    /// <summary>All that compile.</summary>
    public IReadOnlyList<Mutant> Mutants { get; }

    /// <param name="output">What is made and recorded is said there.</param>
    /// <param name="without">A part of the name of test projects that are not asked.</param>
    public static MutantRun Prepare(TextWriter output, string without = "none")
    {
        RemoveWork();
        var made = Making.Mutants.Of(Repository.Root);
        var compilers = made.Projects.Select(project => new Compiler(project)).ToList();
        var leftOut = compilers.SelectMany(compiler => compiler.Compile()).ToHashSet();
        var mutants = made.ByNumber.Values.Where(mutant => !leftOut.Contains(mutant.Number)).OrderBy(mutant => mutant.Number).ToList();
        output.WriteLine($"mutants: {made.ByNumber.Count} made, {mutants.Count} compile");

        var tests = TestProjects.Where(name => !name.Contains(without, StringComparison.Ordinal))
            .Select(name => TestAssembly.Prepare(name, compilers.Select(compiler => compiler.Output))).ToList();
        var recorded = tests.Select(Record).ToList();
        var red = recorded.SelectMany(runs => runs).Where(run => run.Red is not null).Select(run => run.Red).ToList();
        if (red.Count > 0)
            output.WriteLine($"left out, since red without any mutant: {string.Join(", ", red)}");
        recorded = [.. recorded.Select(runs => (IReadOnlyList<ClassRun>)[.. runs.Where(run => run.Red is null)])];
        output.WriteLine($"recorded: {recorded.Sum(runs => runs.Count)} test classes, {recorded.Sum(runs => runs.Sum(run => run.Milliseconds)) / 1000} s");
        return new MutantRun(mutants, tests, new Selection(recorded, made.ByNumber.Values));
    }

    /// <summary>The same ones for the same seed.</summary>
    public IReadOnlyList<Mutant> Some(int seed, int count)
    {
        var all = Mutants.ToArray();
        new Random(seed).Shuffle(all);
        return all[..Math.Min(count, all.Length)];
    }

    /// <summary>
    /// Up to the first test that notices it. In a process that tried others before, something that was made without it may have been kept:
    /// it has survived when a new process says so too, by the nearest test project.
    /// </summary>
    public Trial Try(Mutant mutant)
    {
        var chosen = _selection.For(mutant).Select((classes, index) => IsNear(mutant, _tests[index].Name) ? classes : []).ToList();
        if (chosen.All(classes => classes.Count == 0))
            return new Trial(mutant, Verdict.NotReached);
        IEnumerable<Trial> served = mutant.Once ? [] : chosen.Select((classes, index) => Served(mutant, index, classes));
        var nearest = chosen.FindIndex(classes => classes.Count > 0);
        IEnumerable<Trial> fresh = chosen.Select((classes, index) => mutant.Once || index == nearest ? Fresh(mutant, index, classes) : new Trial(mutant, Verdict.Survived));
        return served.Concat(fresh).FirstOrDefault(trial => trial.IsKilled)
            ?? new Trial(mutant, Verdict.Survived);
    }

    public void Dispose()
    {
        foreach (var server in _servers.OfType<TestServer>())
            server.Dispose();
        RemoveWork();
    }

    /// <summary>Whole silos are slow, and what they could say of the protocol its own tests should have said.</summary>
    private static bool IsNear(Mutant mutant, string tests) => tests != SilosProject || !mutant.File.StartsWith(ProtocolFolder, StringComparison.Ordinal);

    /// <summary>What runs once per process needs a new one, with the mutant on from the start.</summary>
    private Trial Fresh(Mutant mutant, int index, IReadOnlyList<ClassRun> classes)
    {
        if (classes.Count == 0)
            return new Trial(mutant, Verdict.NotReached);
        var run = _tests[index].Try(mutant.Number, classes.Select(test => test.Name), LimitOf(StartLimit, [.. classes]));
        return run.ExitCode switch
        {
            null => new Trial(mutant, Verdict.TimedOut),
            TestHost.Green => new Trial(mutant, Verdict.Survived),
            _ => new Trial(mutant, Verdict.Killed, run.Output.Trim().Split('\n')[^1]),
        };
    }

    private Trial Served(Mutant mutant, int index, IReadOnlyList<ClassRun> classes)
    {
        foreach (var test in classes)
        {
            var run = Ask(index, mutant.Number, test);
            // Slow on a machine that is busy now, or red also without it because of what an earlier one left behind: a new process knows better.
            if (run == ServedRun.OutOfTime || (run.IsUsable && run.Red is not null && Ask(index, 0, test).Red is not null))
                run = AskAnew(index, mutant.Number, test);
            if (run == ServedRun.OutOfTime)
                return new Trial(mutant, Verdict.TimedOut, test.Name);
            if (run.Red is { } red)
                return new Trial(mutant, Verdict.Killed, red);
        }

        return new Trial(mutant, Verdict.Survived);
    }

    private ServedRun Ask(int index, int mutant, ClassRun test, TimeSpan? limit = null)
    {
        var run = (_servers[index] ??= _tests[index].Serve()).Run(mutant, test.Name, limit ?? LimitOf(ServedLimit, test));
        if (!run.IsUsable)
            Drop(index);
        return run;
    }

    /// <summary>Green when the class is red or stuck in a new process with no mutant too: it says nothing. As slow as it is now, it may be.</summary>
    private ServedRun AskAnew(int index, int mutant, ClassRun test)
    {
        Drop(index);
        var started = Stopwatch.GetTimestamp();
        if (Ask(index, 0, test, RecordLimit).Red is not null)
            return ServedRun.Green;
        return Ask(index, mutant, test, LimitOf(ServedLimit, test) + (Patience * Stopwatch.GetElapsedTime(started)));
    }

    private void Drop(int index)
    {
        _servers[index]?.Dispose();
        _servers[index] = null;
    }

    private static TimeSpan LimitOf(TimeSpan least, params ClassRun[] classes) => least + TimeSpan.FromMilliseconds(Patience * classes.Sum(run => (long)run.Milliseconds));

    /// <summary>A test that is red now and then, on a busy machine, gets a second chance; its class is left out when it is red again.</summary>
    private static IReadOnlyList<ClassRun> Record(TestAssembly test) =>
        test.Record(RecordLimit) is var runs && runs.All(run => run.Red is null) ? runs : test.Record(RecordLimit);

    private static void RemoveWork()
    {
        if (Directory.Exists(Repository.Work))
            Directory.Delete(Repository.Work, recursive: true);
    }
}
