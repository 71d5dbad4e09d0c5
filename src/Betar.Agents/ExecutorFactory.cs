using Betar.Agents.Builtin;

namespace Betar.Agents;

/// <summary>The executors of this version: the built-in ones.</summary>
public sealed class ExecutorFactory(ExecutorOptions options) : IExecutorFactory
{
    public const string BuiltinKind = "builtin";

    public static IReadOnlyList<string> BuiltinNames { get; } = [EchoExecutor.Name, MathExecutor.Name];

    public IExecutor? Create(ExecutorSpec spec)
    {
        if (spec.Kind != BuiltinKind)
            return null;

        IExecutor? executor = spec.Target switch
        {
            EchoExecutor.Name => new EchoExecutor(),
            MathExecutor.Name => new MathExecutor(options),
            _ => null,
        };
        return executor is null ? null : new BoundedExecutor(executor, options);
    }
}
