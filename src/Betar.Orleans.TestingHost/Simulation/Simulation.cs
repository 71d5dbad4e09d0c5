using Betar.Orleans.Embedded;
using Orleans.Runtime;

namespace Betar.Orleans.Testing;

/// <summary>
/// Runs silos, clients and the test itself on one thread. A seed decides which waiting piece of work runs next and what the
/// engine chooses; the clock moves on when nothing is left to do. So one seed gives one trace.
/// </summary>
public sealed class Simulation(int seed) : IEngineScheduler, IEngineRandom
{
    private readonly List<IThreadPoolWorkItem> _waiting = [];
    private readonly List<string> _trace = [];
    private readonly Random _random = new(seed);
    private int _thread;
    private Exception? _escaped;

    public int Seed => seed;

    public ManualTimeProvider Time { get; } = new();

    /// <summary>What ran, in order, each with its time.</summary>
    public IReadOnlyList<string> Trace => _trace;

    int IEngineScheduler.Quantum => 1;

    // Everybody who waits is on a scheduler of the simulation, so nothing runs where it should not.
    TaskCreationOptions IEngineScheduler.Completion => TaskCreationOptions.None;

    public int Next(int exclusiveBound) => _random.Next(exclusiveBound);

    void IEngineScheduler.Schedule(IThreadPoolWorkItem item)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _escaped ??= new InvalidOperationException(
                $"Seed {seed}: {NameOf(item)} was scheduled from a thread of its own, so that this run cannot be repeated. Something used Task.Run, ConfigureAwait(false) or real time.{Environment.NewLine}{Environment.StackTrace}");
        }

        lock (_waiting)
            _waiting.Add(item);
    }

    /// <summary>Runs the body, and all that it starts, to its end.</summary>
    public void Run(Func<Task> body)
    {
        _thread = Environment.CurrentManagedThreadId;
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var task = new EngineTaskScheduler(this).Run(body);
            while (!task.IsCompleted)
                Step();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        if (_escaped is not null)
            throw _escaped;
    }

    private void Step()
    {
        IThreadPoolWorkItem? item = null;
        lock (_waiting)
        {
            if (_waiting.Count > 0)
            {
                var index = _random.Next(_waiting.Count);
                item = _waiting[index];
                _waiting.RemoveAt(index);
            }
        }

        if (item is not null)
        {
            _trace.Add($"{Time.GetUtcNow():HH:mm:ss.fffffff} {NameOf(item)}");
            var context = ExecutionContext.Capture()!;
            item.Execute();
            ExecutionContext.Restore(context);
        }
        else if (!Time.AdvanceToNextTimer())
        {
            throw _escaped ?? new InvalidOperationException($"Seed {seed}: nothing is left to do and no timer waits, but the test has not ended.");
        }
    }

    private static string NameOf(IThreadPoolWorkItem item) => item is Activation activation ? activation.GrainId.ToString() : item.GetType().Name;
}
