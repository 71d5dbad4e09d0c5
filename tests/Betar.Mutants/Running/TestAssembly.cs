using System.Globalization;
using System.Text.Json;
using Betar.Mutants.Building;

namespace Betar.Mutants.Running;

/// <summary>A test project's output in a folder of its own, beside a product that has mutants in it.</summary>
internal sealed class TestAssembly
{
    private readonly string _folder;

    private TestAssembly(string name)
    {
        Name = name;
        _folder = Path.Combine(Repository.Work, name);
    }

    public string Name { get; }

    public static TestAssembly Prepare(string name, IEnumerable<string> mutated)
    {
        var assembly = new TestAssembly(name);
        Copy(Repository.Built(name), assembly._folder);
        foreach (var product in mutated)
        {
            var place = Path.Combine(assembly._folder, Path.GetFileName(product));
            if (File.Exists(place))
                File.Copy(product, place, overwrite: true);
        }

        // The host itself, started with the dependencies of the tests.
        File.Copy(typeof(TestAssembly).Assembly.Location, Path.Combine(assembly._folder, "Betar.Mutants.dll"), overwrite: true);
        return assembly;
    }

    /// <summary>All classes once with no mutant on.</summary>
    public IReadOnlyList<ClassRun> Record(TimeSpan limit)
    {
        var notes = Path.Combine(_folder, "notes.json");
        var run = Start([], limit, [notes], (MutantSwitch.RecordVariable, "1"));
        return run.ExitCode == TestHost.Green
            ? JsonSerializer.Deserialize<List<ClassRun>>(File.ReadAllText(notes))!
            : throw new InvalidOperationException($"{Name} could not be recorded ({run.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "out of time"}):\n{run.Output}");
    }

    /// <summary>Some classes in a process of their own, with the mutant on from its start.</summary>
    public ToolRun Try(int mutant, IEnumerable<string> classes, TimeSpan limit) =>
        Start(classes, limit, [], (MutantSwitch.Variable, mutant.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A process that runs one class after the other, each with the mutant that is asked for.</summary>
    public TestServer Serve() => new([.. Host, TestHost.ServingVerb, Path.Combine(_folder, Name + ".dll")], _folder);

    private string[] Host =>
    [
        "exec", "--runtimeconfig", Path.Combine(_folder, Name + ".runtimeconfig.json"), "--depsfile", Path.Combine(_folder, Name + ".deps.json"),
        Path.Combine(_folder, "Betar.Mutants.dll"),
    ];

    private ToolRun Start(IEnumerable<string> classes, TimeSpan limit, string[] more, (string, string) variable)
    {
        var list = Path.Combine(_folder, "classes");
        File.WriteAllLines(list, classes);
        return Tool.Run([.. Host, TestHost.Verb, Path.Combine(_folder, Name + ".dll"), list, .. more], _folder, limit, variable);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
