using Xunit.Abstractions;

namespace Betar.Mutants.Running;

/// <summary>The usual options, but one test at a time.</summary>
internal sealed class TestOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal)
    {
        ["xunit.execution.DisableParallelization"] = true,
        ["xunit.execution.SynchronousMessageReporting"] = true,
        ["xunit.discovery.SynchronousMessageReporting"] = true,
    };

    public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) && value is TValue known ? known : default!;

    public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
}
