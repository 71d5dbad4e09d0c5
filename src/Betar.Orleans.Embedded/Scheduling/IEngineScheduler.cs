namespace Betar.Orleans.Embedded;

/// <summary>The one place where the engine's work runs: a thread pool in life, one thread and a seed in a simulation.</summary>
public interface IEngineScheduler
{
    /// <summary>How many work items one activation runs before it queues behind the others.</summary>
    int Quantum { get; }

    /// <summary>How a result reaches those who wait for it: asynchronously, unless every one of them is on a scheduler of the engine.</summary>
    TaskCreationOptions Completion { get; }

    void Schedule(IThreadPoolWorkItem item);
}
