using System.Threading.Tasks.Sources;

namespace Betar.Libp2p.Buffers;

internal static class SourceFlags
{
    /// <summary>
    /// A value task that becomes a task does not ask for the scheduler it was awaited on, and its end would then run on the thread
    /// pool, behind the back of the scheduler that was injected.
    /// </summary>
    public static ValueTaskSourceOnCompletedFlags Scheduled(this ValueTaskSourceOnCompletedFlags flags) =>
        SynchronizationContext.Current is null ? flags | ValueTaskSourceOnCompletedFlags.UseSchedulingContext : flags;
}
