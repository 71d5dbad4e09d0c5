namespace Betar.Orleans.Testing;

/// <summary>A clock that stands still until it is told to go on. Timers that are due fire on the thread that advances it, in order.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly SortedSet<ManualTimer> _timers = new(ManualTimer.ByDueTime);
    private DateTimeOffset _now = start;
    private long _order;

    public ManualTimeProvider() : this(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long until the next timer is due; null: none waits.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
                return _timers.Min is { } next ? next.Due - _now : null;
        }
    }

    /// <summary>How many timers wait.</summary>
    public int WaitingTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, stopping at every timer that is due on the way.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var target = GetUtcNow() + time;
        while (TakeDue(target) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = target > _now ? target : _now;
    }

    /// <summary>Moves the clock to the next timer and fires it; false when none waits.</summary>
    public bool AdvanceToNextTimer()
    {
        if (TakeDue(DateTimeOffset.MaxValue) is not { } timer)
            return false;
        timer.Fire();
        return true;
    }

    private ManualTimer? TakeDue(DateTimeOffset limit)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } next || next.Due > limit)
                return null;
            _timers.Remove(next);
            if (next.Due > _now)
                _now = next.Due;
            if (next.Period > TimeSpan.Zero)
                Wait(next, next.Period);
            return next;
        }
    }

    private void Wait(ManualTimer timer, TimeSpan time)
    {
        timer.Due = _now + time;
        timer.Order = ++_order;
        _timers.Add(timer);
    }

    private void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime >= TimeSpan.Zero)
                Wait(timer, dueTime);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public static readonly IComparer<ManualTimer> ByDueTime = Comparer<ManualTimer>.Create(static (left, right) =>
        {
            var byTime = left.Due.CompareTo(right.Due);
            return byTime != 0 ? byTime : left.Order.CompareTo(right.Order);
        });

        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _disposed;

        public DateTimeOffset Due { get; set; }

        public long Order { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire()
        {
            if (_disposed)
                return;
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
                return false;
            owner.Set(this, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            owner.Set(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Call() => callback(state);
    }
}
