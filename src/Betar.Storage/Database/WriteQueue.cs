namespace Betar.Storage.Database;

/// <summary>
/// Many callers push without a lock, one writer takes all at once in the order of arrival. Closing it is one exchange, so
/// that no operation can slip in after the last look.
/// </summary>
internal sealed class WriteQueue
{
    private readonly object wake = new();
    private readonly int capacity;
    private WriteOperation? head;
    private int count;
    private bool waiting;
    private bool nudged;

    public WriteQueue(int capacity) => this.capacity = capacity;

    public WritePush Push(WriteOperation operation)
    {
        if (Interlocked.Increment(ref count) > capacity)
        {
            Interlocked.Decrement(ref count);
            return WritePush.Full;
        }

        var seen = Volatile.Read(ref head);
        while (true)
        {
            if (seen is ClosedMark)
                return WritePush.Closed;
            operation.Next = seen;
            var found = Interlocked.CompareExchange(ref head, operation, seen);
            if (ReferenceEquals(found, seen))
                break;
            seen = found;
        }

        if (seen is null)
            Wake();
        return WritePush.Queued;
    }

    /// <summary>Everything that waits, oldest first, or null.</summary>
    public WriteOperation? TakeAll() => Reverse(Interlocked.Exchange(ref head, null));

    /// <summary>The last take: every later push is refused.</summary>
    public WriteOperation? Close() => Reverse(Interlocked.Exchange(ref head, ClosedMark.Instance));

    /// <summary>Blocks the writer until something was pushed or <see cref="Nudge"/> was called.</summary>
    public void Wait()
    {
        lock (wake)
        {
            waiting = true;
            Thread.MemoryBarrier();
            while (Volatile.Read(ref head) is null && !nudged)
                Monitor.Wait(wake);
            waiting = false;
            nudged = false;
        }
    }

    public void Nudge()
    {
        lock (wake)
        {
            nudged = true;
            Monitor.Pulse(wake);
        }
    }

    public void Done() => Interlocked.Decrement(ref count);

    private void Wake()
    {
        // Pairs with the barrier in Wait: either the writer sees the operation, or we see that it waits.
        Thread.MemoryBarrier();
        if (!Volatile.Read(ref waiting))
            return;
        lock (wake)
            Monitor.Pulse(wake);
    }

    private static WriteOperation? Reverse(WriteOperation? newest)
    {
        WriteOperation? oldest = null;
        while (newest is not null and not ClosedMark)
        {
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        }

        return oldest;
    }

    private sealed class ClosedMark : WriteOperation
    {
        public static readonly ClosedMark Instance = new();

        public override bool Cancelled => false;

        public override void Execute(Sqlite.SqliteConnection connection) => throw new InvalidOperationException("Not an operation.");

        public override void Complete(Exception? failure)
        {
        }
    }
}
