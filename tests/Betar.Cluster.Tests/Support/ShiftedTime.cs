using System.Collections.Concurrent;

namespace Betar.Cluster.Tests.Support;

/// <summary>
/// A calendar that starts on the full minute of now and jumps when a test says so; in between it runs as always, as an engine
/// expects of its own clock.
/// </summary>
internal sealed class ShiftedTime : TimeProvider
{
    private readonly DateTimeOffset _start = DateTimeOffset.FromUnixTimeSeconds(System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60);
    private readonly long _started = System.GetTimestamp();
    private long _jumped;

    public override DateTimeOffset GetUtcNow() =>
        _start + System.GetElapsedTime(_started) + TimeSpan.FromTicks(Interlocked.Read(ref _jumped));

    /// <summary>What was waited for by this clock, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public void Advance(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    /// <summary>The same calendar with time stamps that jump as well, for what is no part of the engine.</summary>
    public TimeProvider Jumping => new JumpingStamps(this);

    private sealed class JumpingStamps(ShiftedTime calendar) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => calendar.GetUtcNow();

        public override long GetTimestamp() => calendar.GetUtcNow().Ticks;
    }
}
