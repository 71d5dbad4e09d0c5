using System.Diagnostics;

namespace Betar.Benchmarks.Grains;

/// <summary>The time in which calls count; all silos and baselines are in this process.</summary>
internal static class CallWindow
{
    private static volatile bool _open;

    public static bool IsOpen => _open;

    /// <summary>Opens, lets the callers run for the time, closes, and returns what they did in a second.</summary>
    public static async Task<double> RateAsync(IEnumerable<Func<Task<long>>> callers, TimeSpan time)
    {
        _open = true;
        long start = Stopwatch.GetTimestamp();
        Task<long>[] running = [.. callers.Select(caller => Task.Run(caller))];
        await Task.Delay(time);
        _open = false;
        long calls = (await Task.WhenAll(running)).Sum();
        return calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
