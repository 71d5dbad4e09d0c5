using Betar.Orleans.Testing;

namespace Betar.Orleans.Embedded.Tests;

internal static class SimulationSteps
{
    /// <summary>Runs the action as a step of its own, when the seed says so.</summary>
    public static void Later(this Simulation simulation, Action action) => ((IEngineScheduler)simulation).Schedule(new Step(action));

    private sealed class Step(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }
}
