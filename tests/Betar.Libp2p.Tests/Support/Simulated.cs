using Betar.Orleans.Testing;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Support;

/// <summary>A test in virtual time, on one thread; the seed decides the order of everything.</summary>
internal sealed class Simulated
{
    private Simulated(Simulation simulation) => (Simulation, Scheduler) = (simulation, TaskScheduler.Current);

    public Simulation Simulation { get; }

    public ManualTimeProvider Time => Simulation.Time;

    public TaskScheduler Scheduler { get; }

    public static IReadOnlyList<string> Run(Func<Simulated, Task> body) => Run(1, body);

    /// <summary>Gives the trace. What goes wrong names the seed.</summary>
    public static IReadOnlyList<string> Run(int seed, Func<Simulated, Task> body)
    {
        var simulation = new Simulation(seed);
        try
        {
            simulation.Run(() => body(new Simulated(simulation)));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}: {e.Message} ({TestSeed.Variable}={seed} begins with it.)", e);
        }

        return simulation.Trace;
    }

    /// <summary>Starts something beside the test.</summary>
    public Task Start(Func<Task> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    public Task Wait(TimeSpan time) => Task.Delay(time, Time);
}
