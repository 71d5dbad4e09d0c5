using System.Diagnostics;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Betar.Mutants.Running;

/// <summary>The test classes of one assembly, by name, in this process; their long tests are left out.</summary>
internal sealed class TestClasses : IDisposable
{
    private readonly Dictionary<string, List<ITestCase>> _cases = new(StringComparer.Ordinal);
    private readonly TestOptions _options = new();
    private readonly XunitTestFramework _framework = new(new Silence());
    private readonly ITestFrameworkDiscoverer _discoverer;
    private readonly ITestFrameworkExecutor _executor;

    public TestClasses(Assembly tests)
    {
        _discoverer = _framework.GetDiscoverer(Reflector.Wrap(tests));
        _executor = _framework.GetExecutor(tests.GetName());
    }

    /// <returns>Null when there is nothing to run in it.</returns>
    public ClassRun? Run(string name, bool stopAtRed)
    {
        var cases = Cases(name);
        if (cases.Count == 0)
            return null;
        using var sink = new TestSink(stopAtRed);
        var started = Stopwatch.GetTimestamp();
        _executor.RunTests(cases, sink, _options);
        sink.Wait();
        return new ClassRun(name, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds, sink.Red, []);
    }

    public void Dispose()
    {
        _discoverer.Dispose();
        _executor.Dispose();
        _framework.Dispose();
    }

    /// <summary>Looked for once: theories make their rows while they are found.</summary>
    private List<ITestCase> Cases(string name)
    {
        if (_cases.TryGetValue(name, out var known))
            return known;
        using var found = new TestSink(stopAtRed: false);
        _discoverer.Find(name, includeSourceInformation: false, found, _options);
        found.Wait();
        return _cases[name] = [.. found.Cases.Where(test => !test.Traits.TryGetValue("Category", out var categories) || !categories.Contains("Long"))];
    }
}
