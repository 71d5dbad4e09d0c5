using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>The latest records of the log, numbered, for those who ask. Who reads too slowly is told how many it missed.</summary>
internal sealed class LogRing(LogRingOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<LogRecord> _latest = new();
    private TaskCompletionSource _more = New();
    private LogLevel _wanted = options.Level;
    private DateTimeOffset _wantedUntil;
    private long _count;

    public bool Keeps(LogLevel level) => level >= options.Level || (level >= _wanted && time.GetUtcNow() < _wantedUntil);

    public void Add(LogRecord record)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _latest.Enqueue(record.Message.Length <= options.MessageLength ? record : record with { Message = record.Message[..options.MessageLength] + "…" });
            if (_latest.Count > options.Records)
                _latest.Dequeue();
            _count++;
            (more, _more) = (_more, New());
        }

        more.SetResult();
    }

    /// <summary>Records after a number; waits for some, or until the waiting ends.</summary>
    /// <param name="after">The number that was given with the last answer; below 0, or one of an earlier node: all that are kept.</param>
    /// <param name="level">The least level.</param>
    /// <param name="since">None that is older.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="waiting">Ends the waiting; the answer is then empty.</param>
    public async Task<Part> ReadAsync(long after, LogLevel level, DateTimeOffset since, int limit, CancellationToken waiting)
    {
        if (level < options.Level)
            Want(level);
        while (true)
        {
            Task more;
            lock (_lock)
            {
                Part part = Read(after, level, since, limit);
                if (part.Records.Count > 0 || part.Lost > 0 || waiting.IsCancellationRequested)
                    return part;
                (after, more) = (part.Next, _more.Task);
            }

            // A wait that ends is no fault: what there is by then is the answer.
            await more.WaitAsync(waiting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Part Read(long after, LogLevel level, DateTimeOffset since, int limit)
    {
        long oldest = _count - _latest.Count;
        bool known = after >= 0 && after <= _count;
        long lost = known ? Math.Max(0, oldest - after) : 0, next = known ? after + lost : oldest;
        List<LogRecord> found = [];
        foreach (LogRecord record in _latest.Skip((int)(next - oldest)))
        {
            if (found.Count == limit)
                break;
            next++;
            if (record.Level >= level && record.At >= since)
                found.Add(record);
        }

        return new Part(next, lost, found);
    }

    private void Want(LogLevel level)
    {
        lock (_lock)
        {
            DateTimeOffset now = time.GetUtcNow();
            _wanted = now < _wantedUntil && _wanted < level ? _wanted : level;
            _wantedUntil = now + options.Attention;
        }
    }

    /// <summary>Some of the records.</summary>
    /// <param name="Next">Ask for what comes after this.</param>
    /// <param name="Lost">So many before these are forgotten.</param>
    public sealed record Part(long Next, long Lost, IReadOnlyList<LogRecord> Records);
}
