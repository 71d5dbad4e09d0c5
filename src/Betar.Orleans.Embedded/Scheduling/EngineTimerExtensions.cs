using Betar.Orleans.Embedded;

namespace Orleans.Runtime;

/// <summary>Timers whose ticks run on the engine's scheduler and carry nobody's execution context.</summary>
internal static class EngineTimerExtensions
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 2);

    public static ITimer CreateEngineTimer(this TimeProvider time, IEngineScheduler scheduler, IThreadPoolWorkItem item, TimeSpan dueTime)
    {
        var flow = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        try
        {
            return time.CreateTimer(
                static state =>
                {
                    var (scheduler, item) = ((IEngineScheduler, IThreadPoolWorkItem))state!;
                    scheduler.Schedule(item);
                },
                (scheduler, item),
                Clamp(dueTime),
                Timeout.InfiniteTimeSpan);
        }
        finally
        {
            flow?.Undo();
        }
    }

    /// <summary>Timers cannot wait longer than 49 days; who waits longer looks again then.</summary>
    public static TimeSpan Clamp(TimeSpan wait) => wait > Longest ? Longest : wait;
}
