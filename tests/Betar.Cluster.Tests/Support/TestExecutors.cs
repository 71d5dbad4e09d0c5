using System.Collections.Concurrent;
using Betar.Agents;

namespace Betar.Cluster.Tests.Support;

/// <summary>The built-in executors, and those of kind "test" that a test wrote itself.</summary>
internal sealed class TestExecutors : IExecutorFactory
{
    public const string Kind = "test";

    private readonly ExecutorFactory _builtin = new(new ExecutorOptions());
    private readonly ConcurrentDictionary<string, TestExecutor> _own = new();

    public TestExecutor Add(string target, TestExecutor executor) => _own[target] = executor;

    public IExecutor? Create(ExecutorSpec spec) => spec.Kind == Kind ? _own.GetValueOrDefault(spec.Target) : _builtin.Create(spec);

    public bool CanCondense(string kind) => kind == Kind;
}
