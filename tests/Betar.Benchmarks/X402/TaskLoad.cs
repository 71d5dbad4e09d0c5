using System.Collections.Concurrent;
using System.Diagnostics;

namespace Betar.Benchmarks.X402;

/// <summary>Callers that ask for tasks: as fast as they are answered, or at a rate.</summary>
internal static class TaskLoad
{
    /// <summary>Each caller asks again as soon as it has its answer.</summary>
    /// <returns>Tasks a second.</returns>
    public static async Task<double> ClosedLoopAsync(IReadOnlyList<Func<Task>> callers, int seconds)
    {
        long started = Stopwatch.GetTimestamp();
        int[] counts = await Task.WhenAll(callers.Select(async call =>
        {
            int count = 0;
            do
            {
                await call();
                count++;
            }
            while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);
            return count;
        }));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>
    /// Open loop: a task starts when its time has come, whether or not earlier ones are done; waiting for a free connection counts, the
    /// timer's own lateness of up to two milliseconds does not.
    /// </summary>
    /// <returns>Milliseconds of each task.</returns>
    public static async Task<IReadOnlyCollection<double>> SteadyAsync(IReadOnlyList<Func<Task>> callers, int rate, double seconds)
    {
        var idle = new ConcurrentBag<Func<Task>>(callers);
        using var free = new SemaphoreSlim(callers.Count);
        var latencies = new ConcurrentBag<double>();
        List<Task> open = [];
        int due = (int)(rate * seconds);
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < due; i++)
        {
            TimeSpan wait = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1))
                await Task.Delay(wait, TimeProvider.System);
            TimeSpan begun = Stopwatch.GetElapsedTime(started);
            await free.WaitAsync();
            open.Add(CallAsync(begun));
        }
        await Task.WhenAll(open);
        return latencies;

        async Task CallAsync(TimeSpan begun)
        {
            if (!idle.TryTake(out Func<Task>? call))
                throw new InvalidOperationException("A place was free and no caller was.");
            try
            {
                await call();
                latencies.Add((Stopwatch.GetElapsedTime(started) - begun).TotalMilliseconds);
            }
            finally
            {
                idle.Add(call);
                free.Release();
            }
        }
    }
}
