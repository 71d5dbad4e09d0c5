using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Betar.Mutants.Running;

/// <summary>In the process of one test assembly: runs its classes, one after the other.</summary>
internal static class TestHost
{
    public const string Verb = "host";
    public const string ServingVerb = "serve";
    public const int Green = 0;
    public const int Red = 1;
    public const string GreenWord = "green";
    private static readonly string[] Products = ["Betar.X402", "Betar.Grains"];

    /// <summary>Runs what it is told: to try what is on from the start it stops at the first red test; to record, it notes of each class what became of it.</summary>
    /// <param name="assembly">The file of the tests.</param>
    /// <param name="classes">A file with one name a line; with none, all classes.</param>
    /// <param name="record">Where the notes go; nothing is noted without.</param>
    public static int Run(string assembly, string classes, string? record)
    {
        var tests = Assembly.LoadFrom(assembly);
        using var all = new TestClasses(tests);
        var runs = new List<ClassRun>();
        foreach (var name in Names(classes, tests))
        {
            if (all.Run(name, stopAtRed: record is null) is not { } run)
                continue;
            runs.Add(run with { Places = Places() });
            if (record is null && run.Red is { } red)
            {
                Console.WriteLine(red);
                return Red;
            }
        }

        if (record is not null)
            File.WriteAllText(record, JsonSerializer.Serialize(runs));
        return Green;
    }

    /// <summary>Asked for one class after the other, "MUTANT CLASS" on each line, and answers with the first red test or "green".</summary>
    public static int Serve(string assembly, TextReader asked, TextWriter answers)
    {
        // What tests print is no answer.
        Console.SetOut(TextWriter.Null);
        using var all = new TestClasses(Assembly.LoadFrom(assembly));
        var current = Switches(Path.GetDirectoryName(assembly)!).Select(type => type.GetField(nameof(MutantSwitch.Current))!).ToList();
        while (asked.ReadLine() is { } line)
        {
            var words = line.Split(' ', 2);
            var mutant = int.Parse(words[0], CultureInfo.InvariantCulture);
            current.ForEach(field => field.SetValue(null, mutant));
            var red = all.Run(words[1], stopAtRed: true)?.Red;
            current.ForEach(field => field.SetValue(null, 0));
            answers.WriteLine(red?.ReplaceLineEndings(" ") ?? GreenWord);
            answers.Flush();
        }

        return Green;
    }

    private static string[] Names(string classes, Assembly tests) => File.ReadAllLines(classes) is { Length: > 0 } names
        ? names
        : [.. tests.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true }).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    private static IEnumerable<Type> Switches(string folder) => Products.Where(product => File.Exists(Path.Combine(folder, product + ".dll")))
        .Select(product => Assembly.Load(product).GetType(typeof(MutantSwitch).FullName!)).OfType<Type>();

    private static int[] Places() =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => Products.Contains(assembly.GetName().Name))
            .SelectMany(assembly => (int[])assembly.GetType(typeof(MutantSwitch).FullName!, throwOnError: true)!.GetMethod(nameof(MutantSwitch.Take))!.Invoke(null, null)!)
            .Distinct().Order(),
    ];
}
