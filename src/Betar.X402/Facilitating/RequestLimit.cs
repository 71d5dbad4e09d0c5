namespace Betar.X402.Facilitating;

/// <summary>
/// So many a minute for each key. What is remembered is bounded: when there are too many keys, those that are new share one count, so that
/// nobody buys room by coming under many names.
/// </summary>
public sealed class RequestLimit<TKey>(int perMinute, int maxKeys, TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Count> _counts = [];
    private readonly Count _others = new();
    private DateTimeOffset _nextSweep;

    /// <summary>Counts one; null when it is within the limit, else how long to wait.</summary>
    public TimeSpan? Take(TKey key)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var count = Find(key, now);
            if (count.End <= now)
            {
                (count.End, count.Taken) = (now + Window, 0);
            }

            if (count.Taken >= perMinute)
            {
                return count.End - now;
            }

            count.Taken++;
            return null;
        }
    }

    private Count Find(TKey key, DateTimeOffset now)
    {
        if (_counts.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_counts.Count >= maxKeys && _nextSweep <= now)
        {
            // Not more often: a flood of names shall not make this expensive.
            _nextSweep = now + TimeSpan.FromSeconds(1);
            foreach (var (old, _) in _counts.Where(entry => entry.Value.End <= now).ToList())
            {
                _counts.Remove(old);
            }
        }

        if (_counts.Count >= maxKeys)
        {
            return _others;
        }

        var added = new Count();
        _counts.Add(key, added);
        return added;
    }

    private sealed class Count
    {
        internal DateTimeOffset End { get; set; }

        internal int Taken { get; set; }
    }
}
