namespace Betar.Agents;

/// <summary>Makes the executor that an agent's spec names.</summary>
public interface IExecutorFactory
{
    /// <returns>The executor, or null when nothing of this kind and name exists here.</returns>
    IExecutor? Create(string kind, string target);
}
