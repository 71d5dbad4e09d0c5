using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Betar.Mutants.Running;

/// <summary>
/// In the process of one test assembly: runs test classes one after the other in the order given. To try a mutant it stops at the first red
/// test; to record, it goes on and notes of each class how long it took and which places of the product it reached.
/// </summary>
internal static class TestHost
{
    public const string Verb = "host";
    public const int Green = 0;
    public const int Red = 1;

    /// <param name="assembly">The file of the tests.</param>
    /// <param name="classes">A file with one name a line; with none, all classes.</param>
    /// <param name="record">Where the notes go; nothing is noted without.</param>
    public static int Run(string assembly, string classes, string? record)
    {
        var tests = Assembly.LoadFrom(assembly);
        using var framework = new XunitTestFramework(new Silence());
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(tests));
        using var executor = framework.GetExecutor(tests.GetName());
        var options = new TestOptions();
        var runs = new List<ClassRun>();
        foreach (var name in Names(classes, tests))
        {
            using var found = new TestSink(record is null);
            discoverer.Find(name, includeSourceInformation: false, found, options);
            found.Wait();
            List<ITestCase> cases = [.. found.Cases.Where(test => !test.Traits.TryGetValue("Category", out var categories) || !categories.Contains("Long"))];
            if (cases.Count == 0)
                continue;

            using var sink = new TestSink(record is null);
            var started = Stopwatch.GetTimestamp();
            executor.RunTests(cases, sink, options);
            sink.Wait();
            runs.Add(new ClassRun(name, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds, sink.Red, Places()));
            if (record is null && sink.Red is { } red)
            {
                Console.WriteLine(red);
                return Red;
            }
        }

        if (record is not null)
            File.WriteAllText(record, JsonSerializer.Serialize(runs));
        return Green;
    }

    private static string[] Names(string classes, Assembly tests) => File.ReadAllLines(classes) is { Length: > 0 } names
        ? names
        : [.. tests.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true }).Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    private static int[] Places() =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies().Where(assembly => assembly.GetName().Name is "Betar.X402" or "Betar.Grains")
            .SelectMany(assembly => (int[])assembly.GetType(typeof(MutantSwitch).FullName!, throwOnError: true)!.GetMethod(nameof(MutantSwitch.Take))!.Invoke(null, null)!)
            .Distinct().Order(),
    ];
}
