using Betar.Agents.Configuration;

namespace Betar.Agents;

/// <summary>Makes the executor that an agent's spec names.</summary>
public interface IExecutorFactory
{
    /// <returns>The executor, or null when nothing of this kind and name exists here, or its settings are not in order. Whoever asks disposes it.</returns>
    IExecutor? Create(ExecutorSpec spec);

    /// <summary>Everything that stands in the way of making it; empty: nothing does.</summary>
    IReadOnlyList<ExecutorFault> Check(ExecutorSpec spec) =>
        Create(spec) is null ? [new ExecutorFault("", $"there is no executor '{spec.Kind}: {spec.Target}'")] : [];

    /// <summary>True when executors of this kind can make summaries of what is remembered.</summary>
    bool CanCondense(string kind) => false;
}
