namespace Betar.Node.Composition;

/// <summary>How long a node stays up: until it is told to stop, or a store under it takes no more writes.</summary>
internal static class Uptime
{
    /// <param name="time">The process's clock.</param>
    /// <param name="stores">Each ends, with its failure, when the store's writer has stopped.</param>
    /// <param name="stop">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public static async Task WaitAsync(TimeProvider time, IEnumerable<Task> stores, CancellationToken stop)
    {
        Task ended = await Task.WhenAny([Task.Delay(Timeout.InfiniteTimeSpan, time, stop), .. stores]);
        await ended;
    }
}
