namespace Betar.Cluster.Tests.Gateway;

/// <summary>One silo's clocks and timers, which may stand still while the world's go on.</summary>
internal sealed class StallingClock(TimeProvider world) : TimeProvider
{
    private (long Stamp, DateTimeOffset At)? _stalled;

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _stalled?.At ?? world.GetUtcNow();

    public override long GetTimestamp() => _stalled?.Stamp ?? world.GetTimestamp();

    public void Stall() => _stalled = (world.GetTimestamp(), world.GetUtcNow());

    /// <summary>It jumps to the world's time, as the clock of a machine that slept.</summary>
    public void GoOn() => _stalled = null;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer? timer = null;
        return timer = world.CreateTimer(Fire, state, dueTime, period);

        // A timer of a clock that stands still looks again later.
        void Fire(object? with)
        {
            if (_stalled is null)
                callback(with);
            else
                timer!.Change(TimeSpan.FromMilliseconds(100), period);
        }
    }
}
