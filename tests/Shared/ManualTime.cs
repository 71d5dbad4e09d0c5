namespace Betar.Tests.Shared;

/// <summary>Time that stands still until a test moves it; timers run inside <see cref="Advance"/>. Waits that the test calls short pass at once.</summary>
internal sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private DateTimeOffset _now = start;

    public ManualTime()
        : this(DateTimeOffset.FromUnixTimeSeconds(1_775_000_000))
    {
    }

    /// <summary>Waits of which this is true pass at once, and the clock with them.</summary>
    public Func<TimeSpan, bool> Passes { get; init; } = _ => false;

    /// <summary>The waits that passed at once.</summary>
    public List<TimeSpan> Passed { get; } = [];

    public ulong Seconds => (ulong)GetUtcNow().ToUnixTimeSeconds();

    public int ArmedTimers
    {
        get
        {
            lock (_lock)
                return _armed.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = _armed.FindAll(timer => timer.Due <= _now);
            foreach (ManualTimer timer in due)
                timer.Rearm(_now);
            _armed.RemoveAll(timer => timer.Due <= _now);
        }
        foreach (ManualTimer timer in due)
            timer.Fire();
    }

    private sealed class ManualTimer(ManualTime owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; }

        public void Fire() => callback(state);

        public void Rearm(DateTimeOffset now)
        {
            if (_period > TimeSpan.Zero)
                Due = now + _period;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._armed.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                (Due, _period) = (owner._now + dueTime, period);
                owner._armed.Add(this);
                if (!owner.Passes(dueTime))
                    return true;
                owner.Passed.Add(dueTime);
            }
            // Not within the call that made the timer, which does not know it yet.
            _ = Task.Run(() => owner.Advance(dueTime));
            return true;
        }

        public void Dispose()
        {
            lock (owner._lock)
                owner._armed.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
