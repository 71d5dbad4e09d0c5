namespace Betar.Orleans.Embedded.Tests;

/// <summary>A clock that does something else the next time it is asked, as another thread might at that moment.</summary>
internal sealed class MeddlingClock(TimeProvider clock) : TimeProvider
{
    public Action? Meddle { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp()
    {
        var meddle = Meddle;
        Meddle = null;
        meddle?.Invoke();
        return clock.GetTimestamp();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
