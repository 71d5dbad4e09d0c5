namespace Betar.X402.Tests.Support;

/// <summary>
/// Nothing here takes real time. What still hangs is a broken subject: it fails after a generous while instead of
/// holding up the whole run.
/// </summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    internal static Task Soon(this Task task) => task.WaitAsync(Limit);

    internal static Task<T> Soon<T>(this Task<T> task, CancellationToken cancellationToken = default) => task.WaitAsync(Limit, cancellationToken);
}
