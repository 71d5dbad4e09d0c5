namespace Betar.Tests.Shared;

/// <summary>What an action allocates on this thread once it is warm.</summary>
internal static class Allocations
{
    private const int Attempts = 20;

    /// <summary>
    /// The least of several attempts: on a busy machine the runtime itself, preparing better code, allocates now and then on the
    /// thread that runs, whereas an action that allocates does so each time.
    /// </summary>
    public static long LeastOf(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
