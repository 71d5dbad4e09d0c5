using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Looks once per quantum for activations that nobody used for longer than their type allows.</summary>
internal sealed class ActivationCollector(Silo silo, GrainCollectionOptions options) : IThreadPoolWorkItem, IDisposable
{
    private readonly DeactivationReason _idle = new(DeactivationReasonCode.ActivationIdle, "The activation was idle for longer than its type allows.");
    private ITimer? _timer;

    public void Start() => _timer = silo.Time.CreateEngineTimer(silo.Scheduler, this, options.CollectionQuantum);

    public void Execute()
    {
        if (silo.IsKilled)
            return;
        foreach (var activation in silo.Catalog.All())
        {
            var age = AgeOf(activation.Type);
            if (age != Timeout.InfiniteTimeSpan)
                Collect(activation, age);
        }

        _timer?.Change(options.CollectionQuantum, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Collects what has been idle for the given time, whatever its type says, and waits until it is gone; keep-alive types stay.</summary>
    public async Task CollectAsync(TimeSpan age)
    {
        var collected = new List<Activation>();
        foreach (var activation in silo.Catalog.All())
        {
            if (AgeOf(activation.Type) != Timeout.InfiniteTimeSpan && Collect(activation, age))
                collected.Add(activation);
        }

        foreach (var activation in collected)
            await activation.CollectedAsync();
    }

    public void Dispose() => _timer?.Dispose();

    private bool Collect(Activation activation, TimeSpan age)
    {
        var now = silo.Now;
        if (silo.Time.GetElapsedTime(activation.LastUsed, now) < age)
            return false;
        activation.DeactivateIfUnusedSince(now - silo.DeadlineAfter(0, age), _idle);
        return true;
    }

    private TimeSpan AgeOf(GrainTypeInfo type) =>
        type.CollectionAge ?? (options.ClassSpecificCollectionAge.TryGetValue(type.Class.FullName!, out var age) ? age : options.CollectionAge);
}
