namespace Betar.Grains.Tests.Support;

/// <summary>A clock that a test moves.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Every wait is over as soon as it begins.</summary>
    public bool Impatient { get; set; }

    /// <summary>How long the last wait was to be.</summary>
    public TimeSpan? LastWait { get; private set; }

    public override long GetTimestamp() => _ticks;

    public void Step(TimeSpan by) => _ticks += by.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        LastWait = dueTime;
        return base.CreateTimer(callback, state, Impatient ? TimeSpan.Zero : dueTime, period);
    }
}
