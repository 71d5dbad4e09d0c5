namespace Betar.Agents;

/// <summary>Makes the executor that an agent's spec names.</summary>
public interface IExecutorFactory
{
    /// <returns>The executor, or null when nothing of this kind and name exists here, or its settings are not in order.</returns>
    IExecutor? Create(ExecutorSpec spec);
}
